"""The demonstration's panel: people to try, a code for the camera, and what can go wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk.desk.credentials import Code, Via
from kiosk.i18n.speech import Speech
from kiosk.sensors.wedge import Wedge
from kiosk.ui.app import KioskApp
from kiosk.ui.rehearsal import LINE, Trouble, Try
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.troubles import TroublesScreen
from kiosk.ui.screens.try_these import TryTheseScreen
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.qr_code import QrCode
from tests.ui.desk import welcome
from tests.ui.lobby import LONG, Lobby

BADGE = "ibeacon:8d847d20-0116-435f-9a21-2fa79a706d9e:1:7"


@dataclass
class FakeRehearsal:
    """Eight people, of whom every second has a QR code, and twelve troubles, of which the last is over at once."""

    shown: list[str] = field(default_factory=list)
    badges: int = 0
    on: set[str] = field(default_factory=set)
    cards: int = 0
    held: list[str] = field(default_factory=list)

    def tries(self) -> Sequence[Try]:
        return (
            [
                Try(f"Case {n}", f"[/x] Person {n}", f"{n}{n}{n}", f"https://x.test/{n}" if n % 2 else "", "Let in.")
                for n in range(8)
            ]
            + [Try("Card", "[/x] Card", "0012345678", "", "Let in.", "0012345678")] * self.cards
            + [Try("Badge", "[/x] Badge", "", "", "Asked.", badge=BADGE)] * self.badges
        )

    def show_to_camera(self, qr: str) -> None:
        self.shown.append(qr)

    def hold_badge(self, badge: str) -> None:
        self.held.append(badge)

    def troubles(self) -> Sequence[Trouble]:
        keys = [LINE, *(f"fault-{n}" for n in range(10)), "once"]
        return [Trouble(key, f"[/x] {key} breaks", f"What {key} does.", key in self.on) for key in keys]

    def switch(self, key: str) -> None:
        self.on = self.on ^ {key} - {"once"}


class Demonstration(Lobby):
    """A lobby with the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.rehearsal = FakeRehearsal()
        self.app = KioskApp(self.desk, self.scanner, Speech(), LONG, rehearsal=self.rehearsal)


async def test_a_touch_or_a_key_opens_it() -> None:
    lobby = Demonstration()
    async with lobby.open():
        await lobby.touch("#tries")
        lobby.on_screen(TryTheseScreen)
        await lobby.touch("#back")
        lobby.on_screen(HomeScreen)
        await lobby.send("t")
        lobby.on_screen(TryTheseScreen)


async def test_a_real_kiosk_has_none() -> None:
    lobby = Lobby()
    async with lobby.open():
        assert not lobby.app.screen.query("#tries")
        await lobby.send("t")
        assert not isinstance(lobby.app.screen, TryTheseScreen)


async def test_a_touch_on_somebody_shows_their_code() -> None:
    lobby = Demonstration()
    async with lobby.open():
        await lobby.touch("#tries")
        assert lobby.said("#code") == "000"
        await lobby.touch("#row-3")
        assert lobby.said("#who") == "[/x] Person 3 · 333"
        assert lobby.app.screen.query_one(QrCode).payload == "https://x.test/3"
        await lobby.touch("#more")
        assert lobby.app.screen.query_one("#row-1", Choice).label == "Case 7"
        assert not lobby.app.screen.query_one("#row-2", Choice).visible


async def test_a_card_is_held_to_a_reader_that_types_its_number() -> None:
    lobby = Demonstration()
    lobby.rehearsal.cards = 1
    lobby.app = KioskApp(lobby.desk, lobby.scanner, Speech(), LONG, rehearsal=lobby.rehearsal, keys=Wedge())
    lobby.desk.outcome = welcome()
    async with lobby.open():
        await lobby.touch("#tries")
        await lobby.touch("#more")
        await lobby.touch("#row-2")
        assert lobby.app.screen.query_one("#show", Choice).label == "Card"
        await lobby.touch("#show")
        assert lobby.desk.asked == [Code("0012345678", Via.READER)]


async def test_a_badge_is_held_near_once_the_panel_is_away() -> None:
    lobby = Demonstration()
    lobby.rehearsal.badges = 1
    async with lobby.open():
        await lobby.touch("#tries")
        await lobby.touch("#more")
        await lobby.touch("#row-2")
        assert lobby.app.screen.query_one("#show", Choice).label == "Badge"
        await lobby.touch("#show")
        lobby.on_screen(HomeScreen)
        assert lobby.rehearsal.held == [BADGE]


async def test_a_code_is_held_before_the_camera() -> None:
    lobby = Demonstration()
    async with lobby.open():
        await lobby.touch("#tries")
        await lobby.touch("#row-1")
        await lobby.touch("#show")
        assert lobby.rehearsal.shown == ["https://x.test/1"]
        lobby.on_screen(CodeEntryScreen)


def label_of(lobby: Lobby, key: str) -> str:
    return lobby.app.screen.query_one(f"#trouble-{key}", Choice).label


async def test_the_line_is_cut_and_put_back() -> None:
    lobby = Demonstration()
    async with lobby.open():
        await lobby.touch("#tries")
        await lobby.send("l")
        assert lobby.rehearsal.on == {LINE}
        await lobby.touch("#trouble")
        lobby.on_screen(TroublesScreen)
        assert label_of(lobby, LINE) == "✓ [/x] line breaks"
        await lobby.send("l")
        assert lobby.rehearsal.on == set()


async def test_a_touch_lets_something_go_wrong_and_another_ends_it() -> None:
    lobby = Demonstration()
    async with lobby.open():
        await lobby.send("tx")
        await lobby.touch("#trouble-fault-9")
        assert lobby.rehearsal.on == {"fault-9"}
        assert label_of(lobby, "fault-9") == "✓ [/x] fault-9 breaks"
        assert lobby.said("#expect") == "What fault-9 does."
        await lobby.touch("#trouble-fault-9")
        assert lobby.rehearsal.on == set()
        assert label_of(lobby, "fault-9") == "[/x] fault-9 breaks"


async def test_what_happens_once_is_told_and_is_not_on() -> None:
    lobby = Demonstration()
    async with lobby.open():
        await lobby.send("tx")
        await lobby.touch("#trouble-once")
        assert lobby.said("#expect") == "What once does."
        assert label_of(lobby, "once") == "[/x] once breaks"


async def test_one_touch_makes_all_well_again_and_another_leads_home() -> None:
    lobby = Demonstration()
    async with lobby.open():
        await lobby.send("tx")
        for key in (LINE, "fault-3", "fault-5"):
            await lobby.touch(f"#trouble-{key}")
        await lobby.touch("#well")
        assert lobby.rehearsal.on == set()
        await lobby.touch("#back")
        lobby.on_screen(HomeScreen)


async def test_a_demonstration_can_be_ended() -> None:
    lobby = Demonstration()
    async with lobby.open():
        await lobby.pilot.press("ctrl+q")
        assert not lobby.app.is_running
