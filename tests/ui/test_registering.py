"""A visitor whom nobody announced, on the glass, by touch alone."""

from __future__ import annotations

import gc
import logging
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from textual.widget import Widget

from kiosk.desk.acquaintance import invited, returning
from kiosk.desk.house import VisitorCheckIn
from kiosk.desk.leavers import Leaver
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing, Word
from kiosk.desk.people import Consent, PersonId, PersonKind
from kiosk.desk.people import Visitor as Invitation
from kiosk.desk.visit_form import Asking, VisitForm
from kiosk.desk.walk_in import Newsletter, WalkIn
from kiosk.ui.app import Patience
from kiosk.ui.screens.answering import YesNoScreen
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.host import HostScreen
from kiosk.ui.screens.known import KnownScreen
from kiosk.ui.screens.leave_by_name import LeaveByNameScreen
from kiosk.ui.screens.question import QuestionScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.still_there import StillThere
from kiosk.ui.screens.terms import TermsScreen
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.words import PlainText
from tests.ui.desk import AWAITED, HOSTS
from tests.ui.registering import drawn, registered, to_the_host, visitor


async def test_a_visitor_registers_picks_a_host_agrees_and_is_welcomed() -> None:
    lobby = visitor().with_terms()
    async with lobby.open():
        await lobby.come()
        await lobby.answer("grace@navy.org")
        await lobby.answer("grace")
        await lobby.answer("hopper")
        await lobby.spell("lind")
        await lobby.touch("#offer-0")
        lobby.on_screen(TermsScreen)
        await lobby.touch("#agree")
        lobby.on_screen(ResultScreen)
        assert lobby.said("#title") == "Welcome"
        form = lobby.desk.filed[-1]
        assert (form.form.name, form.form.email, form.form.host) == ("Grace Hopper", "grace@navy.org", HOSTS[0])
        assert form.consent is Consent.GIVEN
        letters = len("grace@navy.orggracehopperlind")
        assert lobby.taps - letters <= 25


async def test_what_cannot_be_taken_is_said_beside_the_field_and_stays_as_it_was_typed() -> None:
    lobby = visitor()
    async with lobby.open():
        await lobby.come()
        await lobby.spell("grace@")
        assert not lobby.app.screen.query_one(TextField).wrong, "nothing is said while somebody types"
        await lobby.done()
        lobby.on_screen(QuestionScreen)
        assert lobby.said("#remark") == "▲ Please enter a valid e-mail address."
        assert lobby.typed == "grace@"
        await lobby.answer("navy.org")
        assert lobby.said("#title") == "Your first name"
        await lobby.answer("g")
        assert lobby.said("#remark") == "▲ Please enter at least 2 letters."


async def test_back_leads_to_the_former_answer_as_it_was_typed() -> None:
    lobby = visitor()
    async with lobby.open():
        await lobby.come()
        await lobby.answer("grace@navy.org")
        await lobby.answer("grace")
        await lobby.touch("#back")
        assert lobby.typed == "Grace"
        await lobby.touch("#back")
        assert lobby.typed == "grace@navy.org"
        await lobby.done()
        await lobby.answer("ada")
        await lobby.answer("lovelace")
        await lobby.touch("#offer-0")
        assert lobby.desk.filed[-1].form.name == "Ada Lovelace"


async def test_a_keyboard_of_ones_own_fills_in_the_same_form() -> None:
    lobby = visitor()
    async with lobby.open():
        await lobby.come()
        await lobby.send("grace@navy.org\r")
        await lobby.send("Grace\r")
        await lobby.send("O'Brien\r")
        await lobby.send("lindqvist\r")
        lobby.on_screen(ResultScreen)
        form = lobby.desk.filed[-1].form
        assert (form.name, form.host) == ("Grace O'Brien", HOSTS[0])


async def test_a_yes_or_no_is_two_choices_of_equal_weight() -> None:
    lobby = visitor(VisitForm(host=Asking.NO, newsletter=Asking.OPTIONAL))
    async with lobby.open():
        await lobby.come()
        await lobby.answer("grace@navy.org")
        await lobby.answer("grace")
        await lobby.answer("hopper")
        lobby.on_screen(YesNoScreen)
        await lobby.touch("#yes")
        assert lobby.desk.filed[-1].form.newsletter is Newsletter.WANTED


async def test_a_returning_visitor_confirms_a_masked_name_and_types_no_more_than_is_missing() -> None:
    lobby = visitor(VisitForm(host=Asking.OPTIONAL, company=Asking.OPTIONAL))
    lobby.desk.acquaintance = returning(WalkIn("Ada Lovelace", "ada@acme.org", None, "Engines", "+44 20 7946 0123"))
    async with lobby.open():
        await lobby.come()
        await lobby.answer("ada@acme.org")
        lobby.on_screen(KnownScreen)
        assert lobby.said("#title") == "A*** L***e"
        seen = drawn(lobby)
        assert "Lovelace" not in seen
        assert "7946" not in seen
        await lobby.touch("#me")
        lobby.on_screen(HostScreen)
        await lobby.touch("#offer-0")
        form = lobby.desk.filed[-1].form
        assert (form.name, form.company) == ("Ada Lovelace", "Engines")


async def test_whoever_is_not_who_the_kiosk_thinks_types_it_all() -> None:
    lobby = visitor()
    lobby.desk.acquaintance = returning(WalkIn("Ada Lovelace", "ada@acme.org"))
    async with lobby.open():
        await lobby.come()
        await lobby.answer("ada@acme.org")
        await lobby.touch("#not-me")
        assert lobby.said("#title") == "Your first name"
        assert lobby.typed == ""


async def test_an_invited_visitor_who_registers_is_checked_in_with_one_touch() -> None:
    lobby = visitor()
    lobby.desk.acquaintance = invited(Invitation(PersonId(PersonKind.VISITOR, 9), "Ada Lovelace"), "ada@acme.org")
    async with lobby.open():
        await lobby.come()
        await lobby.answer("ada@acme.org")
        assert lobby.said("#why") == "You are expected today."
        await lobby.touch("#me")
        lobby.on_screen(ResultScreen)
        assert lobby.desk.filed[-1].form.email == "ada@acme.org"


async def test_another_of_the_group_keeps_host_and_company() -> None:
    lobby = visitor(VisitForm(host=Asking.OPTIONAL, company=Asking.OPTIONAL))
    async with lobby.open():
        await lobby.come()
        await lobby.answer("grace@navy.org")
        await lobby.answer("grace")
        await lobby.answer("hopper")
        await lobby.answer("navy")
        await lobby.spell("lind")
        await lobby.touch("#offer-0")
        await lobby.touch("#another")
        assert lobby.said("#title") == "Your e-mail address"
        await lobby.answer("ada@navy.org")
        await lobby.answer("ada")
        await lobby.answer("lovelace")
        lobby.on_screen(ResultScreen)
        form = lobby.desk.filed[-1].form
        assert (form.name, form.company, form.host) == ("Ada Lovelace", "Navy", HOSTS[0])


async def test_nothing_typed_is_lost_when_the_kiosk_cannot_record() -> None:
    lobby = visitor()
    lobby.desk.outcome = Outcome(OutcomeKind.FAILED)
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.touch("#offer-0")
        lobby.on_screen(ResultScreen)
        await lobby.touch("#picture")
        lobby.on_screen(HostScreen)
        lobby.desk.outcome = registered()
        await lobby.touch("#offer-0")
        assert lobby.said("#title") == "Welcome"


async def test_who_does_not_agree_goes_back_to_the_form() -> None:
    lobby = visitor().with_terms()
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.touch("#offer-0")
        lobby.on_screen(TermsScreen)
        await lobby.touch("#back")
        lobby.on_screen(HostScreen)
        assert [filed.consent for filed in lobby.desk.filed] == [Consent.PENDING]


async def test_an_invited_visitor_is_asked_for_the_terms_and_their_code_is_not_asked_again() -> None:
    lobby = visitor().with_terms()
    lobby.desk.outcome = Outcome(OutcomeKind.ASK_TERMS, "Ada", PersonKind.VISITOR)
    async with lobby.open():
        await lobby.touch("#visitor")
        await lobby.touch("#yes")
        await lobby.touch_keys("04271E")
        lobby.on_screen(TermsScreen)
        lobby.desk.outcome = registered()
        await lobby.touch("#agree")
        lobby.on_screen(ResultScreen)
        assert [code.consent for code in lobby.desk.asked if code] == [Consent.PENDING, Consent.GIVEN]


async def test_who_waits_for_their_host_sees_the_answer_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.ui.app.SECONDS_BETWEEN_VISITS", 0.01)
    lobby = visitor()
    waiting = Outcome(OutcomeKind.WAITING, "Grace", PersonKind.VISITOR, "Zoë Lindqvist", event=uuid4(), word=AWAITED)
    lobby.desk.outcome = waiting
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.touch("#offer-0")
        lobby.on_screen(ResultScreen)
        lobby.desk.word_may_come.set()
        await lobby.settle()
        assert lobby.said("#standing") == "Nexudus has your visit and asks Zoë Lindqvist."
        lobby.desk.later = registered()
        while lobby.said("#title") != "Welcome":
            await lobby.pilot.pause(0.02)


async def test_that_the_host_is_told_is_said_only_once_nexudus_has_the_visit() -> None:
    lobby = visitor()
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.touch("#offer-0")
        assert "tells" not in lobby.said("#standing")
        lobby.desk.word = Word(Standing.CONFIRMED)
        lobby.desk.word_may_come.set()
        await lobby.settle()
        assert lobby.said("#standing") == "Nexudus has your visit and tells Zoë Lindqvist."


async def test_where_reception_checks_visitors_in_nobody_types_for_nothing() -> None:
    lobby = visitor()
    lobby.desk.location = replace(lobby.desk.location, visitor_check_in=VisitorCheckIn.RECEPTION)
    async with lobby.open():
        await lobby.come()
        lobby.on_screen(HelpScreen)


async def test_a_visitor_leaves_by_name_and_sees_no_whole_name() -> None:
    lobby = visitor()
    grace = PersonId(PersonKind.VISITOR, 7)
    lobby.desk.visitors_in = [Leaver(grace, "Grace Hopper"), Leaver(PersonId(PersonKind.VISITOR, 8), "Ada Lovelace")]
    lobby.desk.outcome = Outcome(OutcomeKind.GOODBYE, "Grace H.", PersonKind.VISITOR, event=uuid4(), word=AWAITED)
    async with lobby.open():
        await lobby.touch("#visitor")
        await lobby.touch("#leave")
        lobby.on_screen(LeaveByNameScreen)
        await lobby.spell("hop")
        assert lobby.app.screen.query_one("#offer-0", Choice).label == "Grace H."
        assert "Lovelace" not in drawn(lobby)
        await lobby.touch("#offer-0")
        lobby.on_screen(ResultScreen)
        assert lobby.desk.left == [grace]
        assert lobby.app.screen.query_one("#undo").display


async def test_a_code_held_before_the_camera_does_not_end_somebodys_form() -> None:
    lobby = visitor()
    async with lobby.open():
        await lobby.come()
        await lobby.spell("grace")
        assert lobby.scanner.paused
        assert lobby.typed == "grace"


async def test_whoever_walks_away_from_a_form_is_asked_and_then_wiped(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    lobby = visitor()
    async with lobby.open():
        await lobby.come()
        await lobby.send("quokka@zebra.org\r")
        await lobby.send("Quokka\r")
        await lobby.send("Wombat")
        lobby.app.patience = Patience(idle=600, form=0.3, countdown=3, success=600, refusal=600)
        await lobby.until(StillThere)
        await lobby.until(HomeScreen)
        await lobby.settle()
        gc.collect()
        left = [text for widget in _widgets() for text in _texts(widget) if _is_of_the_visitor(text)]
        assert left == []
        assert not _is_of_the_visitor(drawn(lobby))
        assert not _is_of_the_visitor(caplog.text)


def _widgets() -> list[Widget]:
    """Every widget that still exists, wherever it is."""
    return [thing for thing in gc.get_objects() if isinstance(thing, Widget)]


def _texts(widget: Widget) -> list[str]:
    held: list[Any] = [getattr(widget, "text", ""), getattr(widget, "label", ""), getattr(widget, "value", "")]
    held += [vars(widget)] if isinstance(widget, (TextField, PlainText)) else []
    return [str(one) for one in held]


def _is_of_the_visitor(text: str) -> bool:
    return any(word in text.lower() for word in ("quokka", "zebra", "wombat"))
