"""What a check-in costs the card, counted: flushes and bytes, with the snapshots that it has its share in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from kiosk.bench.disks import CountingDisk, let_snapshots_end
from kiosk.bench.state import opened
from kiosk.clock import SystemClock
from kiosk.desk.credentials import Via
from kiosk.desk.directory import MemberListing
from kiosk.desk.events import EventKind, Intent
from kiosk.desk.people import Member, PersonId, PersonKind


@dataclass(frozen=True, slots=True)
class CheckInCost:
    """What one check-in costs the card, the mean of many.

    Attributes:
        check_ins: How many.
        members: How many members were stored beside them.
        flushes: Of those somebody waited for.
        kib: Written while they waited.
        with_snapshots_flushes: Of all, the snapshots' included.
        with_snapshots_kib: Written in all.
    """

    check_ins: int
    members: int
    flushes: float
    kib: float
    with_snapshots_flushes: float
    with_snapshots_kib: float

    def as_dict(self) -> dict[str, float | int]:
        """For JSON."""
        return {
            "check_ins": self.check_ins,
            "members": self.members,
            "flushes": round(self.flushes, 4),
            "kib": round(self.kib, 3),
            "with_snapshots_flushes": round(self.with_snapshots_flushes, 4),
            "with_snapshots_kib": round(self.with_snapshots_kib, 3),
        }


def count_check_ins(folder: Path, members: int, check_ins: int) -> CheckInCost:
    """Let so many people in through the kiosk's ledger, and count what the disk is asked for. Raises StateError."""
    disk, clock = CountingDisk(), SystemClock()
    with opened(folder, disk) as state:
        state.directory.replace_members(
            (MemberListing(_member(number), f"{number:09}") for number in range(1, members + 1)), datetime.now(UTC)
        )
        let_snapshots_end()
        awaited, aside = disk.awaited, disk.aside
        for number in range(check_ins):
            person = _member(number % members + 1)
            state.ledger.record(uuid4(), Intent(EventKind.CHECK_IN, person.id, Via.KEYPAD, person.name), clock.now())
        let_snapshots_end()
        awaited, aside = disk.awaited.less(awaited), disk.aside.less(aside)
    return CheckInCost(
        check_ins,
        members,
        awaited.flushes / check_ins,
        awaited.written / check_ins / 1024,
        (awaited.flushes + aside.flushes) / check_ins,
        (awaited.written + aside.written) / check_ins / 1024,
    )


def _member(number: int) -> Member:
    return Member(PersonId(PersonKind.MEMBER, number), f"Member {number}")
