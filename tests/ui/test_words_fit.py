"""Every text fits its place on both glasses, in every language, and every text is put into one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import pytest

from kiosk.desk.acquaintance import Acquaintance, Known
from kiosk.desk.credentials import Code
from kiosk.desk.form_checks import FormFault
from kiosk.desk.frames import CameraState, Hint
from kiosk.desk.hosts import HostPage
from kiosk.desk.house import House
from kiosk.desk.interview import Interview
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason, Standing, Word
from kiosk.desk.people import Approval, PersonKind
from kiosk.desk.ports import LineStatus, Link
from kiosk.desk.visit_form import FIELDS, Asking, Check, FieldName, Question
from kiosk.i18n.camera import hint_words, locked_words, resting_words
from kiosk.i18n.form_words import fault_words, forgotten_words, label_words
from kiosk.i18n.sentences import foreign_words, status_words, words_for
from kiosk.i18n.speech import Speech, known_languages
from kiosk.sandbox.samples import samples
from kiosk.sandbox.seed import seeded_world
from kiosk.sandbox.troubles import TROUBLES
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.registrar import page_for
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.host_list import HostListScreen
from kiosk.ui.screens.initial import InitialScreen
from kiosk.ui.screens.known import KnownScreen
from kiosk.ui.screens.leave_by_name import LeaveByNameScreen
from kiosk.ui.screens.leaving import LeavingScreen
from kiosk.ui.screens.member import MemberScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.still_there import StillThere
from kiosk.ui.screens.terms import TermsScreen
from kiosk.ui.screens.troubles import TroublesScreen
from kiosk.ui.screens.try_these import TryTheseScreen
from kiosk.ui.screens.visitor import VisitorScreen
from kiosk.ui.widgets.choice import Choice
from tests.ui.desk import HOSTS, FakeScanner, ScriptedDesk
from tests.ui.fitting import Fitting, Remembering
from tests.ui.test_passport import TILES
from tests.ui.test_try_these import FakeRehearsal

NOW = datetime(2026, 9, 30, 12, 0, tzinfo=UTC)
"""In the month with the longest name in most languages."""
NAME = "Zoë Lindqvist"
HOST = "Marta Johansson"
PEOPLE = " ".join(f"{host.name} {host.company}" for host in HOSTS)
SAMPLES = f"{NAME} A L e x QR PIN TERMS Harbour Works Case Person Let in line fault once breaks What does"
DATA = frozenset("".join(char if char.isalpha() else " " for char in f"{PEOPLE} {SAMPLES}").split())
MEMBER_OUT = Outcome(OutcomeKind.ALREADY_IN, NAME, PersonKind.MEMBER, since=NOW)


@pytest.fixture(autouse=True)
def _one_font(only_pillows_font: None) -> None:
    """The same letters on every machine."""


def outcomes() -> list[Outcome]:
    """One of each kind, for each reason."""
    plain = Outcome(
        OutcomeKind.UNKNOWN, "", PersonKind.VISITOR, since=NOW, until=NOW, expected=NOW, event=uuid4(), host=HOST
    )
    by_kind = [replace(plain, kind=kind, name=NAME if kind is not OutcomeKind.UNKNOWN else "") for kind in OutcomeKind]
    refused = [
        replace(plain, kind=OutcomeKind.REFUSED, name=NAME, reason=reason, elsewhere="Harbour Works")
        for reason in Reason
    ]
    welcome = replace(plain, kind=OutcomeKind.WELCOME, name=NAME)
    ways = [replace(welcome, approval=approval) for approval in Approval]
    words = [
        replace(welcome, person=person, kind=kind, word=Word(standing))
        for standing in Standing
        for person in PersonKind
        for kind in (OutcomeKind.WELCOME, OutcomeKind.WAITING)
    ]
    return [*by_kind, *refused, *ways, *words, replace(MEMBER_OUT, kind=OutcomeKind.WELCOME)]


def answers(house: House, speech: Speech) -> dict[str, list[str]]:
    """What can stand on the page of an answer."""
    said = [words_for(outcome, house, speech) for outcome in outcomes()]
    return {
        "#title": [words.title for words in said],
        "#detail": [" ".join(part for part in (words.detail, words.help) if part) for words in said],
        "#standing": [words.standing for words in said],
    }


def remarks(check: Check, speech: Speech) -> dict[str, list[str]]:
    """What can stand beside a field."""
    of_kind = {
        FormFault.EMAIL_WRONG: Check.EMAIL,
        FormFault.PHONE_WRONG: Check.PHONE,
        FormFault.HOST_UNKNOWN: Check.HOST,
    }
    faults = [fault for fault in FormFault if of_kind.get(fault, check) is check]
    return {"#remark": [f"▲ {fault_words(fault, check, speech)}" for fault in faults]}


def bars(speech: Speech) -> list[str]:
    """What the status line can say."""
    states = [LineStatus(link, 12, 0) for link in Link] + [LineStatus(Link.ONLINE, 0, 0, sign_in_ends=NOW)]
    return [f"● {status_words(state, speech)}" for state in states]


Page = tuple[Callable[[], KioskScreen | StillThere], dict[str, list[str]]]


def demonstration(speech: Speech) -> list[Page]:
    """The pages of the demonstration: who can be tried, and what can go wrong."""
    tries, say = samples(seeded_world()), speech.say
    labels = [say(one.label) for one in tries]
    troubles = [f"✓ {say(one.label)}" for one in TROUBLES]
    return [
        (
            lambda: TryTheseScreen(FakeRehearsal()),
            {"#expect": [say(one.expect) for one in tries], "#row-0": labels, "#show": [say("Card")]},
        ),
        (
            lambda: TroublesScreen(FakeRehearsal()),
            {"#expect": [say(one.expect) for one in TROUBLES], "#trouble-once": troubles},
        ),
    ]


def pages(house: House, speech: Speech) -> list[Page]:
    """Every page that a person can meet, with all that can come to stand there."""
    say, interview = speech.say, Interview()
    foreign = foreign_words(speech)
    known = Acquaintance(Known.INVITED, {FieldName.FIRST_NAME: "A*** L***e"})
    found: list[Page] = [
        (
            HomeScreen,
            {"#hint": [foreign, say("Have your PIN or the code of your invitation ready.")], "#line": bars(speech)},
        ),
        (MemberScreen, {"#prompt": [say("One moment…"), foreign]}),
        (VisitorScreen, {"#subtitle": [foreign]}),
        (
            CodeEntryScreen,
            {
                "#prompt": [say("One moment…"), foreign, say("Type it on the keys, then OK.")],
                "#hint-line": [locked_words(speech), *(hint_words(hint, speech) for hint in Hint)],
                "#resting-words": [resting_words(state, speech) for state in CameraState],
            },
        ),
        (
            lambda: HelpScreen(say("PIN forgotten?"), forgotten_words(house, speech)),
            {
                "#title": [say("Please see reception")],
                "#subtitle": [say("They will tell your host that you are here.")],
            },
        ),
        (lambda: InitialScreen(Code.__new__(Code)), {"#subtitle": [foreign]}),
        (lambda: TermsScreen(Code.__new__(Code), "TERMS " * 400), {}),
        (
            LeaveByNameScreen,
            {"#remark": [foreign, say("Touch your name."), say("Nobody of that name is in. Reception can help.")]},
        ),
        (
            lambda: KnownScreen(interview, known),
            {"#why": [say("You have been here before.")], "#me": [say("use what is known")]},
        ),
        (lambda: LeavingScreen(MEMBER_OUT, Code.__new__(Code)), {}),
        (
            lambda: ResultScreen(replace(MEMBER_OUT, kind=OutcomeKind.WELCOME, event=uuid4()), interview),
            answers(house, speech),
        ),
        (lambda: ResultScreen(replace(MEMBER_OUT, kind=OutcomeKind.UNKNOWN)), answers(house, speech)),
        (lambda: StillThere(speech, 15), {}),
        *demonstration(speech),
    ]
    by_check = {field.check: Question(field, Asking.OPTIONAL) for field in FIELDS}
    labels = [
        label_words(question, speech) for question in by_check.values() if question.name is not FieldName.NEWSLETTER
    ]
    for check in (Check.EMAIL, Check.PHONE, Check.HOST, Check.TICK):  # the others look like the first of them
        more = {**remarks(check, speech), **({"#title": labels} if check is Check.EMAIL else {})}
        found.append((partial(page_for, by_check[check], interview), more))
    page = HostPage(tuple(HOSTS[:5]), 0, 3)
    more = {"#hint": [say("There are more: go back and type more of the name.")]}
    found.append((lambda: HostListScreen(by_check[Check.HOST], interview, "Mar", page), more))
    return found


@pytest.mark.parametrize("size", [(80, 24), (45, 40)], ids=["wide", "upright"])
async def test_every_text_fits_its_place_in_every_language(size: tuple[int, int]) -> None:
    desk, speech = ScriptedDesk(), Remembering()
    others = tuple(Speech(language) for language in known_languages())
    fitting = Fitting(speech, others, DATA | {other.own_name for other in others})
    desk.location = replace(desk.location, tiles=TILES)
    app = KioskApp(
        desk,
        FakeScanner(),
        speech,
        Patience(idle=600, success=600, refusal=600),
        languages=others[1:],
        rehearsal=FakeRehearsal(),
    )
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.screen.query_one("#undo").display = True  # with all else that can stand beside it
        await pilot.pause()
        off = [card.id for card in app.screen.query(Choice) if not app.screen.region.contains_region(card.region)]
        assert off == [], "every choice is on the glass"
        fitting.measure(app.screen, {})
        for make, more in pages(desk.house(), speech):
            await app.push_screen(make())
            await pilot.pause()
            fitting.measure(app.screen, more)
            await app.pop_screen()
    assert fitting.seen > 1000
    assert "\n".join(fitting.cut) == ""
    assert "\n".join(fitting.bare) == ""
