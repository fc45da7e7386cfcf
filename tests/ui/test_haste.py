"""Hands that are faster than the pages: what comes twice counts once, and an answer that is late is for nobody else."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.desk.acquaintance import Acquaintance, invited, returning
from kiosk.desk.credentials import Via
from kiosk.desk.hosts import HostPage
from kiosk.desk.leavers import Leaver
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import Consent, PersonId, PersonKind
from kiosk.desk.people import Visitor as Invitation
from kiosk.desk.walk_in import WalkIn
from kiosk.sensors.wedge import Wedge
from kiosk.ui.app import Patience
from kiosk.ui.messages import WentBack
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.host import HostScreen
from kiosk.ui.screens.host_list import HostListScreen
from kiosk.ui.screens.known import KnownScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.still_there import StillThere
from kiosk.ui.screens.visitor import VisitorScreen
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.keyboard_layouts import Action
from tests.ui.desk import ScriptedDesk, welcome
from tests.ui.lobby import Lobby
from tests.ui.registering import Visitor, to_the_host, visitor


def touches(lobby: Lobby, *selectors: str) -> str:
    """The bytes of a touch on the middle of each widget."""
    places = [lobby.app.screen.query_one(selector).region for selector in selectors]
    cells = [(place.x + place.width // 2 + 1, place.y + place.height // 2 + 1) for place in places]
    return "".join(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m" for x, y in cells)


def touch_on_next(lobby: Lobby) -> str:
    """The bytes of a touch on the key that ends an answer."""
    keyboard = lobby.app.screen.query_one(Keyboard)
    region = keyboard.zone_region(Action.DONE).translate(keyboard.content_region.offset)
    x, y = region.x + region.width // 2 + 1, region.y + region.height // 2 + 1
    return f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"


def pages(lobby: Lobby) -> list[str]:
    """The screens that lie on each other, from home up."""
    return [type(screen).__name__ for screen in lobby.app.screen_stack[1:]]


class SlowDesk(ScriptedDesk):
    """Takes its time to recall somebody, to search and to file a form, until it may answer."""

    def __init__(self, desk: ScriptedDesk) -> None:
        super().__init__(outcome=desk.outcome, location=desk.location)
        self.may_answer = asyncio.Event()

    async def recall(self, email: str) -> Acquaintance:
        await self.may_answer.wait()
        return await super().recall(email)

    async def hosts(self, typed: str, page: int = 0) -> HostPage:
        await self.may_answer.wait()
        return await super().hosts(typed, page)

    async def register(self, form: WalkIn, consent: Consent, via: Via) -> Outcome:
        await self.may_answer.wait()
        return await super().register(form, consent, via)


def slow(lobby: Visitor) -> SlowDesk:
    """Let its desk take time."""
    desk = SlowDesk(lobby.desk)
    lobby.desk = lobby.app.desk = desk
    return desk


async def test_two_touches_on_no_begin_one_form() -> None:
    lobby = visitor()
    async with lobby.open():
        await lobby.touch("#visitor")
        await lobby.send(touches(lobby, "#no", "#no"))
        assert pages(lobby) == ["HomeScreen", "VisitorScreen", "QuestionScreen"]


@pytest.mark.parametrize(("first", "then"), [("#visitor", "#leave"), ("#member", "#forgotten")])
async def test_two_touches_open_one_page(first: str, then: str) -> None:
    lobby = visitor()
    async with lobby.open():
        await lobby.send(touches(lobby, first, first))
        await lobby.send(touches(lobby, then, then))
        assert len(pages(lobby)) == 3


async def test_two_touches_on_next_ask_one_more_question() -> None:
    lobby = visitor()
    async with lobby.open():
        await lobby.come()
        await lobby.spell("grace@navy.org")
        await lobby.send(2 * touch_on_next(lobby))
        assert lobby.said("#title") == "Your first name"
        assert pages(lobby) == ["HomeScreen", "VisitorScreen", "QuestionScreen", "QuestionScreen"]


async def test_two_touches_on_back_are_one_page_back() -> None:
    lobby = visitor()
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.send(touches(lobby, "#back", "#back"))
        assert lobby.said("#title") == "Your last name"


async def test_two_touches_on_a_host_file_one_form() -> None:
    lobby = visitor()
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.send(touches(lobby, "#offer-0", "#offer-0"))
        lobby.on_screen(ResultScreen)
        assert len(lobby.desk.filed) == 1


async def test_two_touches_on_more_hosts_show_one_list() -> None:
    lobby = visitor()
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.spell("mar")
        await lobby.send(touches(lobby, "#offer-2", "#offer-2"))
        lobby.on_screen(HostListScreen)
        await lobby.touch("#back")
        lobby.on_screen(HostScreen)


async def test_two_touches_on_agreeing_file_one_form_with_consent() -> None:
    lobby = visitor().with_terms()
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.touch("#offer-0")
        await lobby.send(touches(lobby, "#agree", "#agree"))
        assert [filed.consent for filed in lobby.desk.filed] == [Consent.PENDING, Consent.GIVEN]


async def test_two_touches_of_who_is_recognised_lead_one_page_on() -> None:
    lobby = visitor()
    lobby.desk.acquaintance = returning(WalkIn("Ada Lovelace", "ada@acme.org"))
    async with lobby.open():
        await lobby.come()
        await lobby.answer("ada@acme.org")
        await lobby.send(touches(lobby, "#me", "#me"))
        assert pages(lobby)[-2:] == ["KnownScreen", "HostScreen"]


async def test_two_touches_of_who_is_expected_are_one_check_in() -> None:
    lobby = visitor()
    lobby.desk.acquaintance = invited(Invitation(PersonId(PersonKind.VISITOR, 9), "Ada Lovelace"), "ada@acme.org")
    async with lobby.open():
        await lobby.come()
        await lobby.answer("ada@acme.org")
        await lobby.send(touches(lobby, "#me", "#me"))
        lobby.on_screen(ResultScreen)
        assert len(lobby.desk.filed) == 1


async def test_two_touches_of_who_leaves_are_one_check_out() -> None:
    lobby = visitor()
    lobby.desk.visitors_in = [Leaver(PersonId(PersonKind.VISITOR, 7), "Grace Hopper")]
    async with lobby.open():
        await lobby.touch("#visitor")
        await lobby.touch("#leave")
        await lobby.spell("hop")
        await lobby.send(touches(lobby, "#offer-0", "#offer-0"))
        assert len(lobby.desk.left) == 1


async def test_a_registration_is_undone_once_from_the_result() -> None:
    lobby = visitor()
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.touch("#offer-0")
        await lobby.send(touches(lobby, "#undo", "#undo"))
        assert len(lobby.desk.undone) == 1
        assert not lobby.app.screen.query("#another"), "nobody came before the next of the group"
        await lobby.touch("#picture")
        lobby.on_screen(HomeScreen)
        assert not lobby.app.screen.query_one("#undo").display


async def test_a_registration_is_undone_from_home() -> None:
    lobby = visitor()
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.touch("#offer-0")
        await lobby.touch("#picture")
        await lobby.touch("#undo")
        assert lobby.desk.undone == [lobby.desk.outcome.event]


async def test_two_touches_on_another_begin_one_form() -> None:
    lobby = visitor()
    async with lobby.open():
        await to_the_host(lobby)
        await lobby.touch("#offer-0")
        await lobby.send(touches(lobby, "#another", "#another"))
        assert pages(lobby) == ["HomeScreen", "QuestionScreen"]


async def test_who_goes_back_while_their_address_is_looked_up_is_back() -> None:
    lobby = visitor()
    desk = slow(lobby)
    desk.acquaintance = returning(WalkIn("Ada Lovelace", "ada@acme.org"))
    async with lobby.open():
        await lobby.come()
        await lobby.answer("ada@acme.org")
        await lobby.touch("#back")
        desk.may_answer.set()
        await lobby.settle()
        lobby.on_screen(VisitorScreen)


async def test_what_is_recalled_after_somebody_walked_away_is_shown_to_nobody() -> None:
    lobby = visitor()
    desk = slow(lobby)
    desk.acquaintance = returning(WalkIn("Ada Lovelace", "ada@acme.org"))
    async with lobby.open():
        await lobby.come()
        await lobby.send("ada@acme.org\r")
        lobby.app.patience = Patience(idle=600, form=0.3, countdown=3)
        await lobby.until(StillThere)
        await lobby.until(HomeScreen)
        desk.may_answer.set()
        await lobby.settle()
        lobby.on_screen(HomeScreen)


async def test_who_said_that_they_are_there_while_their_address_was_looked_up_asks_again() -> None:
    lobby = visitor()
    desk = slow(lobby)
    async with lobby.open():
        await lobby.come()
        await lobby.send("ada@acme.org\r")
        lobby.app.patience = Patience(idle=600, form=0.5, countdown=600)
        await lobby.until(StillThere)
        desk.may_answer.set()
        await lobby.settle()
        await lobby.touch("#more")
        assert lobby.typed == "ada@acme.org", "more time keeps what was typed"
        desk.acquaintance = returning(WalkIn("Ada Lovelace", "ada@acme.org"))
        await lobby.done()
        lobby.on_screen(KnownScreen)


async def test_a_form_that_is_being_filed_cannot_be_left_before_its_answer() -> None:
    lobby = visitor()
    async with lobby.open():
        await to_the_host(lobby)
        desk = slow(lobby)
        await lobby.touch("#offer-0")
        await lobby.touch("#back")
        lobby.on_screen(HostScreen)
        desk.may_answer.set()
        await lobby.settle()
        lobby.on_screen(ResultScreen)
        assert len(desk.filed) == 1


async def test_after_a_wrong_code_nobody_sees_the_answer_of_the_one_before() -> None:
    lobby = Lobby(keys=Wedge())
    lobby.desk.outcome = welcome("Grace Hopper")
    async with lobby.open():
        await lobby.send("0012345678\r")
        lobby.on_screen(ResultScreen)
        lobby.desk.outcome = Outcome(OutcomeKind.UNKNOWN)
        await lobby.send("228904\r")
        assert lobby.said("#title") == "Not recognised"
        await lobby.touch("#picture")
        lobby.on_screen(HomeScreen)


async def test_hosts_that_are_found_after_somebody_went_back_are_shown_to_nobody() -> None:
    lobby = visitor()
    async with lobby.open():
        await to_the_host(lobby)
        desk = slow(lobby)
        await lobby.spell("mar")
        searching = lobby.on_screen(HostScreen)
        desk.may_answer.set()
        searching.post_message(WentBack(searching))
        await lobby.settle()
        assert lobby.said("#title") == "Your last name"


async def test_what_is_typed_faster_than_it_is_searched_for_counts_as_it_is_in_the_end() -> None:
    lobby = visitor()
    async with lobby.open():
        await to_the_host(lobby)
        desk = slow(lobby)
        await lobby.send("mark\r")
        desk.may_answer.set()
        await lobby.settle()
        host = desk.filed[-1].form.host
        assert host is not None
        assert host.name == "Mark O'Brien"
