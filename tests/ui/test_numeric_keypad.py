"""A USB numeric keypad alone, in the very bytes that the kiosk's terminal sends for its keys."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.desk.credentials import Wish
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import PersonKind
from kiosk.ui.numeric_keypad import KeypadParser, keypad_character
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.leaving import LeavingScreen
from kiosk.ui.screens.member import MemberScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.visitor import VisitorScreen
from kiosk.ui.sight import Contrast, Lettering
from kiosk.ui.widgets.entry import Entry
from tests.ui.desk import welcome
from tests.ui.lobby import Lobby

NUM_LOCK_ON = {sign: f"\x1b[{57399 + place};129;{ord(sign)}u" for place, sign in enumerate("0123456789./*-+")}
NUM_LOCK_OFF = {
    sign: f"\x1b[{code}u" for sign, code in zip("46829371" + "0.", (*range(57417, 57425), 57425, 57426), strict=True)
} | {"5": "\x1b[E"}
ENTER = "\x1b[57414u"


def keys(typed: str, sent: dict[str, str]) -> str:
    """What the terminal sends for these keys."""
    return "".join(sent[sign] for sign in typed)


@pytest.mark.parametrize("sent", [NUM_LOCK_ON, NUM_LOCK_OFF], ids=["num lock on", "num lock off"])
def test_each_key_types_what_is_printed_on_it(sent: dict[str, str]) -> None:
    for printed, sequence in sent.items():
        assert keypad_character(sequence) == printed


@pytest.mark.parametrize(
    "sequence", ["1", "\x1b[H", "\x1b[1;5A", "\x1b[57428u", "\x1b[57398u", "\x1b[13u", "\x1b[57358u"]
)
def test_other_keys_are_none_of_a_numeric_keypad(sequence: str) -> None:
    assert keypad_character(sequence) is None


def test_the_kiosks_own_terminal_leaves_modifiers_out() -> None:
    assert [keypad_character(sent) for sent in ("\x1b[57400;;49u", "\x1b[57413;;43u", "\x1b[57414u")] == [
        "1",
        "+",
        "\r",
    ]


def test_a_sequence_that_comes_in_two_parts_is_one_key() -> None:
    parser = KeypadParser()
    (key,) = [*parser.feed("\x1b[574"), *parser.feed("24u")]
    assert getattr(key, "character", None) == "1"


@pytest.mark.parametrize("sent", [NUM_LOCK_ON, NUM_LOCK_OFF], ids=["num lock on", "num lock off"])
async def test_a_member_checks_in_and_out_on_a_numeric_keypad_alone(sent: dict[str, str]) -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome()
    async with lobby.open():
        await lobby.send(keys("04279", sent))
        await lobby.send(sent["."] + sent["1"] + ENTER)
        assert lobby.on_screen(ResultScreen).outcome.kind is OutcomeKind.WELCOME
        await lobby.send(ENTER)
        lobby.on_screen(HomeScreen)

        since = datetime(2026, 3, 5, 8, 12, tzinfo=UTC)
        lobby.desk.outcome = Outcome(OutcomeKind.ALREADY_IN, "Zoë Lindqvist", PersonKind.MEMBER, since=since)
        await lobby.send(keys("04271", sent) + ENTER)
        lobby.on_screen(LeavingScreen)
        lobby.desk.outcome = Outcome(OutcomeKind.GOODBYE, "Zoë Lindqvist", PersonKind.MEMBER)
        await lobby.send(NUM_LOCK_ON["*"])
        lobby.on_screen(ResultScreen)
        assert [(code.text, code.wish) for code in lobby.desk.asked if code] == [
            ("04271", Wish.UNSAID),
            ("04271", Wish.UNSAID),
            ("04271", Wish.LEAVE),
        ]


async def test_its_signs_choose_and_go_back() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.send(NUM_LOCK_ON["*"])
        lobby.on_screen(MemberScreen)
        await lobby.send(NUM_LOCK_ON["+"])
        lobby.on_screen(HelpScreen)
        await lobby.send(ENTER)
        lobby.on_screen(MemberScreen)
        await lobby.send(NUM_LOCK_ON["-"])
        lobby.on_screen(HomeScreen)
        await lobby.send(NUM_LOCK_ON["/"])
        lobby.on_screen(VisitorScreen)
        await lobby.send(NUM_LOCK_ON["-"])
        lobby.on_screen(HomeScreen)
        for seen in (
            (Contrast.HIGH, "usual"),
            (Contrast.USUAL, "large"),
            (Contrast.HIGH, "large"),
            (Contrast.USUAL, "usual"),
        ):
            await lobby.send(NUM_LOCK_ON["."])
            assert (lobby.app.sight.contrast, lobby.app.sight.lettering) == (seen[0], Lettering(seen[1]))


async def test_a_sign_in_the_middle_of_a_code_is_part_of_it() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.send("AB-12.3")
        assert lobby.on_screen(CodeEntryScreen).query_one(Entry).value == "AB-12.3"
