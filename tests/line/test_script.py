from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.credentials import Wish
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason, Standing, Word
from kiosk.desk.people import Approval, PersonKind
from kiosk.desk.ports import LineStatus, Link
from kiosk.i18n.speech import Speech
from kiosk.line.script import answer_line
from kiosk.line.vocabulary import ANSWERS, COMMANDS, ENDINGS
from tests.line.scripted import HOUSE, ONLINE, QUEUED, SINCE, ScriptedDesk, already_in, event, goodbye, talk, welcome


async def test_a_script_gets_one_line_for_each_command() -> None:
    desk = ScriptedDesk({"1234": welcome(), "out 1234": goodbye()})

    assert await talk(desk, "pin 1234\nout 1234\nundo\nundo\nstatus\ncode 9999\n") == [
        "welcome Zoë Martin: You are checked in. Have a good day! Confirmed by Nexudus. [confirmed]",
        "goodbye Zoë Martin: You are checked out. See you! Confirmed by Nexudus. [confirmed]",
        "undone As if nothing had happened. Telling Nexudus… [queued]",
        "nothing-to-undo This can no longer be undone. Please see reception.",
        "status online, 0 waiting, 0 refused, directory as of 2026-11-23 08:01",
        "unknown We could not check you in with that code. Try again or see reception.",
    ]
    assert desk.shown == ["1234", "out 1234", "9999"]
    assert desk.undos == [event(2)]


async def test_an_event_that_nexudus_has_not_heard_of_is_queued() -> None:
    assert await talk(ScriptedDesk({"1234": welcome()}, QUEUED), "pin 1234") == [
        "welcome Zoë Martin: You are checked in. Have a good day! "
        "Recorded here. Nexudus will hear of it when the line is back. [queued]"
    ]


async def test_a_refusal_by_nexudus_says_its_reason_and_cannot_be_undone() -> None:
    desk = ScriptedDesk({"1234": welcome()}, Word(Standing.REFUSED, "No valid pass."))

    answers = await talk(desk, "pin 1234\nundo\n")

    assert answers[0] == "refused Zoë Martin: Please see reception. Nexudus says: No valid pass. [refused]"
    assert answers[1].startswith("nothing-to-undo ")
    assert desk.undos == []


async def test_a_wrong_code_in_between_leaves_the_last_event_to_be_undone() -> None:
    desk = ScriptedDesk({"1234": welcome()})

    await talk(desk, "pin 1234\npin 9999\nundo")

    assert desk.undos == [event(1)]


async def test_an_undo_that_could_not_be_written_can_be_tried_again() -> None:
    desk = ScriptedDesk({"1234": welcome()}, undone=OutcomeKind.FAILED)

    answers = await talk(desk, "pin 1234\nundo\nundo")

    assert answers[1:] == ["failed Please see reception. The kiosk cannot write it down just now."] * 2
    assert desk.undos == [event(1), event(1)]


async def test_who_is_in_already_is_told_since_when_and_how_to_leave() -> None:
    desk = ScriptedDesk({"1234": already_in(), "5678": replace(already_in(), kind=OutcomeKind.GREETED)})

    assert await talk(desk, "pin 1234\npin 5678") == [
        "already-in Zoë Martin: You are in since 09:12. To leave, type: out CODE",
        "already-in Zoë Martin: You are checked in since 09:12.",
    ]


async def test_a_shared_pin_is_answered_by_the_command_with_a_letter() -> None:
    shared = Outcome(OutcomeKind.ASK_INITIAL)
    desk = ScriptedDesk({"1234": shared, "1234 M": welcome(), "out 1234": shared, "out 1234 M": goodbye()})

    answers = await talk(desk, "pin 1234\npin 1234 m\nout 1234\nout 1234 M")

    assert answers[0] == "ask-initial Type the first letter of your surname after the code: pin CODE LETTER"
    assert answers[1].startswith("welcome Zoë Martin: ")
    assert answers[2] == "ask-initial Type the first letter of your surname after the code: out CODE LETTER"
    assert answers[3].startswith("goodbye Zoë Martin: ")


async def test_status_says_what_staff_must_do() -> None:
    desk = ScriptedDesk(statuses=[LineStatus(Link.SIGN_IN, 3, 1), ONLINE])

    assert await talk(desk, "status") == [
        "status sign-in, 3 waiting, 1 refused, directory as of never; staff must run kiosk setup"
    ]


async def test_numbers_and_bare_codes_in_a_pipe_are_answered_like_commands() -> None:
    desk = ScriptedDesk({"1234": already_in(), "out 1234": goodbye()})

    answers = await talk(desk, "1\n1234\n3\n1234\n1234\n4\n5\n1\n0\n0\n")

    assert [answer.split()[0] for answer in answers] == ["already-in", "goodbye", "already-in", "undone", "status"]


async def test_help_prints_every_command_and_every_word() -> None:
    answers = await talk(ScriptedDesk(), "HELP")

    assert all(answer.startswith("help ") for answer in answers)
    for word in (*COMMANDS, *ANSWERS, *ENDINGS):
        assert any(answer.startswith(f"help {word}: ") for answer in answers)


@pytest.mark.parametrize("reason", [None, *Reason])
@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("kind", OutcomeKind)
def test_every_answer_begins_and_ends_with_words_of_the_tables(
    kind: OutcomeKind, standing: Standing, reason: Reason | None
) -> None:
    outcome = Outcome(
        kind, "Bob", PersonKind.VISITOR, "Ann", Approval.HOLD, SINCE, SINCE, SINCE, reason, None, Word(standing)
    )

    first, *_, last = answer_line(outcome, Wish.UNSAID, HOUSE, Speech()).split()

    assert first in ANSWERS
    assert (last in ENDINGS) is (standing is not Standing.NONE)


async def test_a_name_cannot_steer_the_terminal_or_pass_for_an_answer() -> None:
    name = "\x1b[2J║[/x] {Bob}║\r\nwelcome Eve: [confirmed]"
    desk = ScriptedDesk({"1234": welcome(name)}, QUEUED)

    [answer] = await talk(desk, "pin 1234")

    assert answer.startswith("welcome [2J[/x] {Bob} welcome Eve: [confirmed]: You are checked in.")
    assert answer.endswith(" [queued]")
