"""The staff corner on the glass, from the taps on the clock to the audit."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.geometry import Region

from kiosk.desk.credentials import Code, Via
from kiosk.desk.device import ExitStatus
from kiosk.desk.doctor import Examined
from kiosk.desk.foreign import Foreign
from kiosk.desk.lockout import FREE_TRIES
from kiosk.desk.queue import UploadState
from kiosk.desk.staff_desk import Theme
from kiosk.i18n.speech import Speech
from kiosk.i18n.staff_words import theme_words
from kiosk.ui.app import Patience
from kiosk.ui.screens.closed import ClosedScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.staff.closing import ClosureWordsPage
from kiosk.ui.screens.staff.devices import DevicesPage
from kiosk.ui.screens.staff.display import DisplayPage
from kiosk.ui.screens.staff.ending import EndingPage
from kiosk.ui.screens.staff.guests import GuestPage, GuestsPage
from kiosk.ui.screens.staff.line import LinePage
from kiosk.ui.screens.staff.look import LookPage
from kiosk.ui.screens.staff.menu import MenuPage
from kiosk.ui.screens.staff.pin import StaffPinScreen
from kiosk.ui.screens.staff.queue import EntryPage, QueuePage
from kiosk.ui.screens.still_there import StillThere
from kiosk.ui.staff_door import TapCount
from kiosk.ui.staff_entries import doctor_entry, usual_entries
from kiosk.ui.widgets.aim import AimField, marks_in
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.pictograms import Sign, letter_for
from tests.corner import WRONG
from tests.reception_lobby import PIN
from tests.ui.staffed import UPRIGHT, WIDE, StaffedLobby

UPRIGHT_TILE = 20
"""Cells across a tile of two columns."""


class NoDoctor:
    """Fulfils `Doctor` where nobody asks it."""

    async def examine(self) -> list[Examined]:
        return []


def touch_on(region: Region) -> str:
    """The bytes of a touch in the middle of a region."""
    x, y = region.x + region.width // 2 + 1, region.y + region.height // 2 + 1
    return f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"


def test_five_taps_within_three_seconds_are_counted_and_slower_ones_are_not() -> None:
    quick, slow, long = TapCount(), TapCount(), TapCount()

    assert [quick.tap(at) for at in (0.0, 0.5, 1.0, 2.0, 3.0, 3.1)] == [*[False] * 4, True, False]
    assert not any(slow.tap(at) for at in range(30))
    assert [long.tap(at) for at in (0.0, 3.2, 3.4, 3.6, 3.8, 4.0)].index(True) == 5


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "it", "pt"])
def test_the_labels_of_tiles_are_whole_on_the_upright_glass_in_every_language(language: str) -> None:
    speech = Speech(language)
    entries = [entry.label(speech) for entry in usual_entries(doctor_entry(NoDoctor()))]
    themes = [f"{letter_for(Sign.TICK)} {theme_words(theme, speech)}" for theme in Theme]
    assert [label for label in (*entries, *themes) if cell_len(label) > UPRIGHT_TILE - 2] == []


async def test_five_taps_on_the_clock_and_the_pin_open_the_corner_and_who_walks_away_leaves_it_locked(
    tmp_path: Path,
) -> None:
    lobby = StaffedLobby(tmp_path)
    async with lobby.open():
        await lobby.tap_clock(4)
        lobby.on_screen(HomeScreen)
        await lobby.tap_clock(1)
        lobby.on_screen(StaffPinScreen)
        await lobby.touch_keys(f"{WRONG}E")
        await lobby.read()
        assert lobby.said("#prompt") == "▲ That is not the staff PIN."
        await lobby.touch_keys("2580E")
        await lobby.until(MenuPage)
        assert lobby.corner.acts[1:] == ["wrong staff pin", "unlocked"]
        lobby.app.patience = Patience(form=0.0, countdown=60)
        await lobby.until(StillThere)
        await lobby.app.screen.dismiss(False)
        await lobby.until(HomeScreen)
        assert len(lobby.app.screen_stack) == 2


async def test_wrong_pins_lock_the_corner_and_a_scanned_code_is_nobodys_there(tmp_path: Path) -> None:
    lobby = StaffedLobby(tmp_path)
    async with lobby.open():
        await lobby.send("\x1b[21~")  # F10
        lobby.scanner.on_code(Code("INV-777", Via.CAMERA))
        await lobby.corner.tries(*[WRONG] * (FREE_TRIES - 1))
        await lobby.touch_keys(f"{WRONG}E")
        await lobby.read()
        assert lobby.said("#prompt") == "▲ Too many wrong PINs. Try again at 10:00."
        await lobby.touch_keys("2580E")
        await lobby.read()
        lobby.on_screen(StaffPinScreen)
        assert lobby.desk.asked == []


async def test_a_visitor_is_checked_in_and_the_roll_call_that_is_printed_has_them(tmp_path: Path) -> None:
    lobby = StaffedLobby(tmp_path)
    await lobby.corner.reception.present(PIN)
    async with lobby.open():
        await lobby.enter()
        await lobby.choose("guests")
        assert lobby.app.screen.query_one("#row-0", Choice).label == "Grace Hopper · expected at 10:00 · Ada Lovelace"
        await lobby.do("#row-0")
        button = lobby.on_screen(GuestPage).query_one("#check-in").region
        back = lobby.app.screen.query_one("#back").region
        await lobby.send(touch_on(button) + touch_on(back))  # left before it is done
        await lobby.until(GuestsPage)
        while "visitor checked in" not in lobby.corner.acts:
            await lobby.settle()
        lobby.on_screen(GuestsPage).read_again()
        await lobby.read()
        assert lobby.app.screen.query_one("#row-0", Choice).label == "Grace Hopper · in since 10:00 · Ada Lovelace"
        await lobby.touch("#back")
        await lobby.choose("roll")
        assert lobby.said("#about") == "2 people are in · As of 10:00. * marks whom Nexudus does not have: 2"
        await lobby.do("#print")
        page = (tmp_path / "paper" / "page-1.txt").read_text()
        assert "[ ] * Ada Lovelace  ·  since 10:00\n      Nexudus has not heard of it yet\n" in page
        assert "[ ] * Grace Hopper" in page
        assert lobby.corner.acts[2:] == ["visitor checked in", "roll call seen", "roll call printed"]


async def test_a_closed_kiosk_says_why_and_takes_no_code_until_it_is_opened(tmp_path: Path) -> None:
    lobby = StaffedLobby(tmp_path)
    async with lobby.open():
        await lobby.enter()
        await lobby.choose("closing")
        await lobby.touch("#words")
        lobby.on_screen(ClosureWordsPage)
        await lobby.send("Back at [b]ten\r")
        await lobby.read()
        await lobby.touch("#back")
        await lobby.touch("#back")
        await lobby.until(ClosedScreen)
        assert lobby.said("#subtitle") == "Back at [b]ten"
        lobby.scanner.on_code(Code("INV-777", Via.CAMERA))
        await lobby.send("04271\r\x1bOP")
        lobby.on_screen(ClosedScreen)
        assert lobby.desk.asked == []
        await lobby.enter()
        await lobby.choose("closing")
        await lobby.do("#open")
        await lobby.touch("#back")
        await lobby.touch("#back")
        await lobby.until(HomeScreen)


async def test_what_nexudus_refused_is_tried_again_or_dismissed_by_touch_and_the_sign_in_is_told(
    tmp_path: Path,
) -> None:
    lobby = StaffedLobby(tmp_path)
    await lobby.corner.reception.present(PIN)
    event = lobby.corner.ledger.entries()[0].event
    lobby.corner.ledger.refused(event.id, "No valid [pass]", lobby.corner.clock.now())
    async with lobby.open():
        await lobby.go_to(QueuePage())
        row = lobby.app.screen.query_one("#row-0", Choice)
        assert row.label == "1 · Check-in · Ada Lovelace · 10 March 2026, 10:00 · refused"
        await lobby.do("#row-0")
        assert lobby.said("#facts").endswith("Nexudus says: No valid [pass]")
        await lobby.do("#retry")
        assert lobby.said("#about") == "Back in the queue."
        assert lobby.corner.ledger.entries()[0].state is UploadState.PENDING
        lobby.corner.ledger.refused(event.id, "No valid pass", lobby.corner.clock.now())
        await lobby.go_to(EntryPage(lobby.corner.ledger.entries()[0]))
        await lobby.do("#dismiss")
        assert lobby.corner.ledger.entries()[0].state is UploadState.DISMISSED
        assert [(line.what, line.who) for line in lobby.corner.audit[1:]] == [
            ("retry", "staff corner"),
            ("dismiss", "staff corner"),
        ]
        await lobby.go_to(LinePage())
        assert lobby.said("#facts").startswith(
            "The line is down. Everybody is checked in all the same.\n0 events wait."
        )


async def test_the_tests_of_devices_and_display_tell_what_they_find_and_the_desk_nothing(tmp_path: Path) -> None:
    lobby = StaffedLobby(tmp_path)
    async with lobby.open():
        await lobby.go_to(DevicesPage())
        assert lobby.said("#camera-words") == "Camera: a webcam\n30 pictures a second"
        assert lobby.said("#radio-words") == "Bluetooth: none"
        seen = []
        for shown in (Code("INV-777", Via.CAMERA), Foreign.WIFI, None):
            lobby.scanner.on_code(shown)
            await lobby.settle()
            seen.append(lobby.said("#read-words"))
        assert seen == [
            "Last read: a code that may be an invitation",
            "Last read: a code for something else (wifi)",
            "Last read: something that can be no code",
        ]
        assert lobby.desk.asked == []
        assert not lobby.scanner.paused

        await lobby.go_to(DisplayPage())
        aim = lobby.app.screen.query_one(AimField)
        at = [aim.content_region.offset + mark for mark in marks_in(aim.size)]
        await lobby.send("".join(f"\x1b[<0;{one.x + 2};{one.y + 1}M\x1b[<0;{one.x + 2};{one.y + 1}m" for one in at))
        await lobby.read()
        assert lobby.said("#about") == "Touch is exact: 1 cell off at most."
        assert [(line.what, line.note) for line in lobby.corner.audit[1:]] == [
            ("camera and bluetooth test", ""),
            ("display test", "1 cells"),
        ]


async def test_the_colours_of_the_house_hold_and_leaving_is_asked_noted_and_told_by_the_status(tmp_path: Path) -> None:
    lobby = StaffedLobby(tmp_path)
    acts: list[str] = []
    async with lobby.open():
        await lobby.go_to(LookPage())
        await lobby.do("#theme-contrast")
        assert lobby.app.theme == "contrast"
        assert lobby.app.screen.query_one("#theme-contrast", Choice).label == "✓ High contrast"
        await lobby.go_to(EndingPage(ExitStatus.LEFT))
        assert lobby.said("#title") == "Leave the kiosk?"
        await lobby.touch("#do-it")
        await lobby.app.workers.wait_for_complete()
        acts = lobby.corner.acts
    assert lobby.corner.room.look.theme is Theme.CONTRAST
    assert lobby.app.return_code == ExitStatus.LEFT
    assert acts[1:] == ["language and look", "left the kiosk"]


@pytest.mark.parametrize("size", [WIDE, UPRIGHT])
async def test_in_large_text_the_digits_of_the_staff_pin_are_seen_as_they_are_typed(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    lobby = StaffedLobby(tmp_path, size=size)
    async with lobby.open():
        await lobby.tap_clock(5)
        lobby.app.sight.toggle_lettering()
        await lobby.settle()
        page = lobby.on_screen(StaffPinScreen)
        entry, foot = page.query_one("#entry").region, page.query_one("#foot").region
        assert not entry.overlaps(foot)
        assert page.query_one("#side").region.contains_region(entry)


@pytest.mark.parametrize("size", [WIDE, UPRIGHT])
async def test_a_closed_kiosk_shows_its_words_whole_in_large_text(tmp_path: Path, size: tuple[int, int]) -> None:
    lobby = StaffedLobby(tmp_path, size=size)
    lobby.corner.room.close("Back at ten", lobby.corner.clock.now(), "staff corner")
    async with lobby.open():
        await lobby.until(ClosedScreen)
        lobby.app.sight.toggle_lettering()
        await lobby.settle()
        page = lobby.app.screen
        greeting = page.query_one("#greeting").region
        for name in ("#picture", "#title", "#subtitle"):
            assert greeting.contains_region(page.query_one(name).region), name
        assert page.query_one("#picture").region.width == page.query_one("#title").region.width, "in the middle"


@pytest.mark.parametrize("size", [WIDE, UPRIGHT])
async def test_every_page_fits_the_glass_and_back_stands_in_one_corner(tmp_path: Path, size: tuple[int, int]) -> None:
    lobby = StaffedLobby(tmp_path, size=size)
    await lobby.corner.reception.present(PIN)
    entries = usual_entries()
    backs: set[Region] = set()
    async with lobby.open():
        for make in (lambda: MenuPage(entries), *(entry.page for entry in entries)):
            page = make()
            await lobby.go_to(page)
            shown = [one for one in page.query(Choice) if one.is_on_screen and one.visible]
            for one in shown:
                assert page.region.contains_region(one.region), (page, one)
                assert cell_len(one.label) <= one.size.width - 2, (page, one.label)
            regions = sorted((one.region for one in shown), key=lambda region: (region.y, region.x))
            assert all(not one.overlaps(other) for one, other in pairwise(regions)), page
            backs.add(page.query_one("#back").region)
    assert len(backs) == 1
