"""The staff corner on a real record: who gets in, what they do, and what the audit says of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.desk.credentials import Via
from kiosk.desk.events import EventKind, Intent
from kiosk.desk.guest_list import Whereabouts
from kiosk.desk.house import Texts
from kiosk.desk.lockout import FREE_TRIES, PAUSES, Channel
from kiosk.desk.outcomes import OutcomeKind, Reason
from kiosk.desk.people import Consent
from kiosk.desk.queue import UploadState
from kiosk.desk.roll_call import Mark
from kiosk.desk.staff import NotPossible
from kiosk.desk.staff_desk import Act, Entrance, Look, Theme
from kiosk.state.listing import AuditLine as Line
from tests.conftest import Disk
from tests.corner import STAFF_PIN, WRONG, Corner
from tests.desk.samples import NINE
from tests.reception_lobby import ADA, GRACE, INVITATION, PIN

CAME_IN = Intent(EventKind.CHECK_IN, ADA.id, Via.KEYPAD, ADA.name)


@pytest.fixture
def corner(tmp_path: Path) -> Iterator[Corner]:
    corner = Corner(tmp_path)
    corner.room.set_pin(STAFF_PIN, corner.clock.now())
    yield corner
    corner.store.close()


async def test_the_right_pin_opens_and_the_audit_says_so(corner: Corner) -> None:
    assert await corner.tries(WRONG, STAFF_PIN) == [Entrance.WRONG, Entrance.OPEN]
    assert [(line.what, line.who) for line in corner.audit[1:]] == [
        ("wrong staff pin", "staff corner"),
        ("unlocked", "staff corner"),
    ]


async def test_without_a_pin_nobody_gets_in(tmp_path: Path) -> None:
    corner = Corner(tmp_path)

    assert await corner.tries("", "0000") == [Entrance.NO_PIN] * 2
    corner.store.close()


async def test_wrong_pins_lock_the_corner_also_over_a_restart_and_leave_members_alone(corner: Corner) -> None:
    assert await corner.tries(*[WRONG] * FREE_TRIES) == [*[Entrance.WRONG] * (FREE_TRIES - 1), Entrance.LOCKED]

    corner.restart()

    refused = await corner.staff.admit(STAFF_PIN)
    assert (refused.entrance, refused.until) == (Entrance.LOCKED, NINE + PAUSES[0])
    assert await corner.kinds_of(PIN) == [OutcomeKind.WELCOME]
    corner.clock.advance(PAUSES[0].total_seconds())
    assert await corner.tries(STAFF_PIN) == [Entrance.OPEN]
    assert corner.ledger.attempts(Channel.STAFF).failures == 0


async def test_many_tries_at_once_are_counted_one_by_one(corner: Corner) -> None:
    said = await asyncio.gather(*(corner.staff.admit(WRONG) for _ in range(FREE_TRIES + 3)))

    assert [one.entrance for one in said].count(Entrance.WRONG) == FREE_TRIES - 1


async def test_on_a_full_disk_staff_get_in_and_a_guesser_is_locked_out_all_the_same(corner: Corner, disk: Disk) -> None:
    disk.fill()

    assert await corner.tries(STAFF_PIN, *[WRONG] * FREE_TRIES, STAFF_PIN) == [
        Entrance.OPEN,
        *[Entrance.WRONG] * (FREE_TRIES - 1),
        Entrance.LOCKED,
        Entrance.LOCKED,
    ]
    disk.clear()


async def test_the_roll_call_marks_whom_nexudus_has_not_heard_of(corner: Corner) -> None:
    await corner.reception.present(PIN)

    roll = await corner.staff.roll_call()

    assert [(one.name, one.mark) for one in roll.present] == [("Ada Lovelace", Mark.UNSYNCED)]
    assert roll.as_of == NINE


async def test_it_is_printed_and_saved_and_both_are_noted(corner: Corner) -> None:
    assert await corner.staff.print_out("the roll", "Roll call") == str(corner.folder / "paper")
    saved = await corner.staff.save("the roll", [ADA.id])

    assert saved.startswith(str(corner.folder / "rolls"))
    assert [(corner.folder / path).read_text() for path in ("paper/page-1.txt", saved)] == [
        "the roll",
        "the roll\n(member:1)\n",
    ]
    assert corner.acts[1:] == ["roll call printed", "roll call saved"]


async def test_a_printer_that_is_away_is_said_and_not_noted(corner: Corner) -> None:
    (corner.folder / "paper").touch()

    with pytest.raises(NotPossible, match="takes no page"):
        await corner.staff.print_out("the roll", "Roll call")
    assert corner.acts[1:] == []


async def test_a_visitor_whom_staff_check_in_is_an_event_like_any_other(corner: Corner) -> None:
    outcome = await corner.staff.check_in(GRACE.id, Consent.PENDING)

    assert outcome.kind is OutcomeKind.WELCOME
    event = corner.ledger.entries()[-1].event
    assert (event.intent.person, event.intent.via, event.id) == (GRACE.id, Via.STAFF, outcome.event)
    assert corner.audit[-1] == Line(
        NINE, "visitor checked in", "staff corner", f"visitor:{GRACE.id.number} {outcome.event}"
    )
    assert [one.whereabouts for one in await corner.staff.guests()] == [Whereabouts.IN]
    assert corner.courier.woken == 1


async def test_staff_check_a_visitor_out_and_the_list_knows(corner: Corner) -> None:
    await corner.staff.check_in(GRACE.id, Consent.PENDING)

    assert (await corner.staff.check_out(GRACE.id)).kind is OutcomeKind.GOODBYE
    assert [(one.name, one.whereabouts) for one in await corner.staff.guests()] == [("Grace Hopper", Whereabouts.LEFT)]
    assert corner.acts[-1] == "visitor checked out"


async def test_the_desks_rules_hold_for_staff_as_well(corner: Corner) -> None:
    corner.house = replace(corner.house, texts=Texts(terms="Be kind."))

    asked = await corner.staff.check_in(GRACE.id, Consent.PENDING)
    agreed = await corner.staff.check_in(GRACE.id, Consent.GIVEN)
    again = await corner.staff.check_in(GRACE.id, Consent.GIVEN)

    assert [one.kind for one in (asked, agreed, again)] == [
        OutcomeKind.ASK_TERMS,
        OutcomeKind.WELCOME,
        OutcomeKind.GREETED,
    ]
    assert corner.acts.count("visitor checked in") == 1


async def test_a_dead_letter_is_retried_or_dismissed_in_the_name_of_the_corner(corner: Corner) -> None:
    for turn in (1, 2):
        event = UUID(int=turn)
        corner.ledger.record(event, CAME_IN, corner.clock.now())
        corner.ledger.refused(event, "No valid pass", corner.clock.now())

    assert [entry.event.sequence for entry in await corner.staff.queue()] == [2, 1]
    await corner.staff.retry(1)
    await corner.staff.dismiss(2)

    assert [entry.state for entry in corner.ledger.entries()] == [UploadState.PENDING, UploadState.DISMISSED]
    assert [(line.what, line.who) for line in corner.audit[1:]] == [
        ("retry", "staff corner"),
        ("dismiss", "staff corner"),
    ]
    assert corner.courier.woken == 1
    with pytest.raises(NotPossible):
        await corner.staff.retry(2)


async def test_while_it_is_closed_no_code_is_taken_and_staff_still_check_in(corner: Corner) -> None:
    await corner.staff.close("Water in the lobby.")
    corner.restart()

    refused = await corner.reception.present(INVITATION)

    assert (refused.kind, refused.reason, refused.event) == (OutcomeKind.REFUSED, Reason.CLOSED, None)
    assert (await corner.staff.check_in(GRACE.id, Consent.PENDING)).kind is OutcomeKind.WELCOME
    await corner.staff.open()
    assert await corner.kinds_of(PIN) == [OutcomeKind.WELCOME]
    assert [act for act in corner.acts if act in ("closed", "opened")] == ["closed", "opened"]


async def test_language_and_colours_of_the_house_are_kept(corner: Corner) -> None:
    await corner.staff.set_look(Look("es", Theme.CONTRAST))
    corner.restart()

    assert corner.staff.look == Look("es", Theme.CONTRAST)


async def test_what_changes_nothing_is_noted_too_and_never_fails(corner: Corner, disk: Disk) -> None:
    await corner.staff.note(Act.DISPLAY_TEST, "1.0 cells")
    disk.fill()
    await corner.staff.note(Act.DEVICE_TEST)
    disk.clear()

    assert corner.audit[1:] == [Line(NINE, "display test", "staff corner", "", "1.0 cells")]
