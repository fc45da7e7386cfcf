from __future__ import annotations

import io
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.desk.house import Texts
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.ports import LineStatus, Link
from kiosk.i18n.speech import Speech
from kiosk.line.desk import LineDesk
from kiosk.line.dialogue import menu, spoken_status
from tests.line.scripted import HOUSE, ONLINE, ScriptedDesk, already_in, event, goodbye, talk, welcome

MENU = [
    "Harbour Works. 1 I am a member. 2 I am a visitor. 3 I am leaving. 4 Take back the last step. 5 How things stand. "
    "6 End. 7 I have no invitation. 8 I am leaving, a visitor without a code. 9 I have forgotten my PIN.",
    "Type a number, your code, or a command; help lists the commands.",
]
CODE = "Your code, or 0 to go back:"
LEAVING = "You are in since 09:12. 1 I am leaving. 2 I stay. Type a number, or 0 to go back."
LETTER = "One more letter. Type the first letter of your surname, # if it is not from A to Z, or 0 to go back."
WELCOME = "Welcome, Zoë Martin. You are checked in. Have a good day! Confirmed by Nexudus."
GOODBYE = "Goodbye, Zoë Martin. You are checked out. See you! Confirmed by Nexudus."


async def test_a_member_checks_in_by_number_and_takes_it_back() -> None:
    desk = ScriptedDesk({"1234": welcome()})

    assert await talk(desk, "1\n1234\n4\n6\n", prompts=True) == [
        *MENU,
        CODE,
        WELCOME,
        *MENU,
        "Undone. As if nothing had happened. Telling Nexudus…",
        *MENU,
    ]
    assert desk.undos == [event(1)]


async def test_a_code_can_be_typed_at_the_menu() -> None:
    desk = ScriptedDesk({"1234": welcome()})

    assert await talk(desk, "1234\n", prompts=True) == [*MENU, WELCOME, *MENU]


async def test_a_visitor_is_asked_for_the_code_of_the_invitation() -> None:
    question = "Your code, as it stands in your invitation, or 0 to go back:"

    assert await talk(ScriptedDesk(), "2\nV-77\n", prompts=True) == [
        *MENU,
        question,
        "Not recognised. We could not check you in with that code. Try again or see reception.",
        *MENU,
    ]


@pytest.mark.parametrize(
    ("typed", "said", "shown"),
    [
        ("1", [GOODBYE], ["1234", "out 1234"]),
        ("2", ["You stay checked in."], ["1234"]),
        ("0", [], ["1234"]),
        ("3\n1", ["error Please type 1 or 2.", LEAVING, GOODBYE], ["1234", "out 1234"]),
    ],
)
async def test_who_is_in_is_asked_whether_they_leave(typed: str, said: list[str], shown: list[str]) -> None:
    desk = ScriptedDesk({"1234": already_in(), "out 1234": goodbye()})

    assert await talk(desk, f"1234\n{typed}\n6\n", prompts=True) == [*MENU, LEAVING, *said, *MENU]
    assert desk.shown == shown


async def test_who_says_that_they_leave_is_asked_for_the_code_only() -> None:
    desk = ScriptedDesk({"out 1234": goodbye()})

    assert await talk(desk, "3\n1234\n", prompts=True) == [*MENU, CODE, GOODBYE, *MENU]


async def test_a_shared_pin_leads_to_the_letter_and_then_to_the_question() -> None:
    desk = ScriptedDesk({"1234": Outcome(OutcomeKind.ASK_INITIAL), "1234 M": already_in(), "out 1234 M": goodbye()})

    assert await talk(desk, "1234\n5\nm\n1\n", prompts=True) == [
        *MENU,
        LETTER,
        "error That is not a letter.",
        LETTER,
        LEAVING,
        GOODBYE,
        *MENU,
    ]


async def test_zero_goes_back_from_every_question() -> None:
    desk = ScriptedDesk({"1234": Outcome(OutcomeKind.ASK_INITIAL)})

    assert await talk(desk, "1\n0\n1234\n0\n0\n", prompts=True) == [*MENU, CODE, *MENU, LETTER, *MENU, *MENU]
    assert desk.shown == ["1234"]


async def test_an_empty_line_or_one_that_cannot_be_read_asks_again() -> None:
    typed = b"\n1\n\n\xff\n0\n"

    assert await talk(ScriptedDesk(), typed, prompts=True) == [
        *MENU,
        *MENU,
        CODE,
        CODE,
        "error A character could not be read. Please type the line again.",
        CODE,
        *MENU,
    ]


async def test_a_command_of_a_person_is_answered_as_to_a_script_and_asks_nothing() -> None:
    desk = ScriptedDesk({"1234": already_in()})

    assert await talk(desk, "pin 1234\n", prompts=True) == [
        *MENU,
        "already-in Zoë Martin: You are in since 09:12. To leave, type: out CODE",
        *MENU,
    ]


class Watched(io.StringIO):
    """Output that tells when a line has been written."""

    def __init__(self, line: str) -> None:
        super().__init__()
        self._line = line
        self.written = threading.Event()

    def write(self, text: str) -> int:
        if text == self._line:
            self.written.set()
        return super().write(text)


class Silent(io.RawIOBase):
    """Input in which nobody types on before an event."""

    def __init__(self, before: bytes, event: threading.Event, after: bytes) -> None:
        self._parts = iter((before, after))
        self._event = event
        self._started = False

    def read(self, size: int = -1, /) -> bytes:
        if self._started:
            self._event.wait(timeout=60)
        self._started = True
        return next(self._parts, b"")


async def test_a_question_that_nobody_answers_lapses_and_nothing_is_done() -> None:
    desk = ScriptedDesk({"1234": already_in()})
    lapsed = "No answer came. Nothing was changed."
    out = Watched(f"{lapsed}\n")
    source = Silent(b"1234\n", out.written, b"6\n")

    # The patience is short so that the test need not wait; however long it lasts, nobody types before it is over.
    await LineDesk(desk, Speech(), source, out, prompts=True, patience=0.01).run()

    assert desk.shown == ["1234"]
    assert out.getvalue().splitlines() == [*MENU, LEAVING, lapsed, *MENU, "bye everything is with Nexudus"]


def test_the_menu_has_the_words_of_the_location() -> None:
    house = replace(HOUSE, name="Ahoy!", texts=Texts(member="Crew", visitor="Guests of the house?"))

    assert menu(house, Speech())[0].startswith("Ahoy! 1 Crew. 2 Guests of the house? 3 I am leaving.")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (ONLINE, "Online. Nothing waits for Nexudus. Members and visitors are as of 23 November 2026, 08:01."),
        (
            LineStatus(Link.OFFLINE, 1, 2),
            "Offline. 1 event waits for Nexudus. Nexudus refused 2: staff must look at them.",
        ),
        (
            LineStatus(Link.SIGN_IN, 3, 0),
            "Nexudus wants a new sign-in: staff must run kiosk setup. 3 events wait for Nexudus.",
        ),
        (
            LineStatus(Link.ONLINE, 0, 0, sign_in_ends=datetime(2026, 11, 29, 7, 1, tzinfo=UTC)),
            "Online. The sign-in ends on 29 November 2026, 08:01: staff must run kiosk setup before. "
            "Nothing waits for Nexudus.",
        ),
    ],
)
async def test_how_things_stand_is_said_in_sentences(status: LineStatus, said: str) -> None:
    assert spoken_status(status, HOUSE, Speech()) == said
    assert await talk(ScriptedDesk(statuses=[status, ONLINE]), "5\n", prompts=True) == [*MENU, said, *MENU]
