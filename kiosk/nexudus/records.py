"""What the kiosk writes: new records, and existing ones with something changed.

An update replaces the whole record at Nexudus, and a property that is missing from it is cleared (contract 2). So a
record that is to be changed is read by its id, since list rows leave properties out, and kept as it came beside its
parsed form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Generic, TypeVar

from pydantic import Field
from pydantic.alias_generators import to_pascal

from kiosk.nexudus.assumptions import NOT_WRITTEN_BACK, SOURCE_FOR_KIOSK, VISITOR_SOURCE_FOR_KIOSK
from kiosk.nexudus.fields import CheckinSource, HostApprovalStatus, VisitorSource, WholeSecond
from kiosk.nexudus.models import Checkin, NexudusModel, Visitor
from kiosk.nexudus.times import format_utc
from kiosk.text import Name, Sentence

M = TypeVar("M", bound=NexudusModel)


@dataclass(frozen=True, slots=True)
class Record(Generic[M]):
    """One record, parsed for reading and whole for writing back.

    Attributes:
        value: The parsed form.
        raw: Every property as Nexudus gave it.
    """

    value: M
    raw: Mapping[str, object] = field(repr=False)

    def changed(self, **changes: str | int | bool | datetime | None) -> Record[M]:
        """Return this record with `changes`, named as the fields of `value`, in both forms.

        Raises:
            ValueError: There is no such field, or a value does not fit it.
        """
        unknown = changes.keys() - type(self.value).model_fields.keys()
        if unknown:
            raise ValueError(f"{type(self.value).__name__} has no {', '.join(sorted(unknown))}")
        raw = dict(self.raw) | {to_pascal(name): _on_the_wire(value) for name, value in changes.items()}
        return Record(type(self.value).model_validate(raw), raw)

    def body(self) -> dict[str, object]:
        """Return the body of an update: every property but those that the server computes."""
        return {name: value for name, value in self.raw.items() if name not in NOT_WRITTEN_BACK}


def checked_out(record: Record[Checkin], at: datetime) -> Record[Checkin]:
    """Return the check-in closed at `at` (contract 3.1: an empty `ToTime` is somebody still in)."""
    return record.changed(to_time=at)


def arrived(record: Record[Visitor], at: datetime, place: str) -> Record[Visitor]:
    """Return the visitor checked in at `at`, with the name of the `place` where it happened (contract 3.2, second
    way).
    """
    return record.changed(arrived=True, arrival_date=at, checked_in_at=place)


def agreed(record: Record[Visitor]) -> Record[Visitor]:
    """Return the visitor with the terms agreed to (contract 4.3)."""
    return record.changed(has_agreed_terms=True)


def departed(record: Record[Visitor], at: datetime) -> Record[Visitor]:
    """Return the visitor checked out at `at` (contract 3.2)."""
    return record.changed(departure_date=at)


class NewCheckin(NexudusModel):
    """A check-in to be created. Equal fields give an equal body, so it may be frozen on disk and sent again later.

    Attributes:
        from_time: In whole seconds; with it, the location and the person the record is found again.
        to_time: Given for a stay that is over. An open one is only taken on its own day (contract 3.1).
        system_id: The kiosk's own mark of the event.
    """

    business_id: int
    coworker_id: int
    from_time: WholeSecond
    to_time: WholeSecond | None = None
    source: CheckinSource = CheckinSource(SOURCE_FOR_KIOSK)
    system_id: Sentence

    def body(self) -> dict[str, object]:
        """Return the body to send."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class NewVisitor(NexudusModel):
    """A visitor to be created (contract 3.2, 4.4).

    Attributes:
        email: Needed by Nexudus, and checked by it.
        coworker_id: The host, if there is one.
        host_approval_status: REQUESTED where the location wants the host to approve first.
        check_in_now: Whether Nexudus is to check the visitor in with the same call, at its own present time.
        arrived: Given instead for somebody who came earlier, with `arrival_date` and `checked_in_at`.
        system_id: The kiosk's own mark of the event.
    """

    business_id: int
    full_name: Name = Field(min_length=1)
    email: Sentence
    expected_arrival: WholeSecond
    coworker_id: int | None = None
    company_name: Name | None = None
    phone_number: Name | None = None
    visit_reason: Sentence | None = None
    notes: Sentence | None = None
    visitor_source: VisitorSource = VisitorSource(VISITOR_SOURCE_FOR_KIOSK)
    host_approval_status: HostApprovalStatus = HostApprovalStatus.NOT_REQUIRED
    has_agreed_terms: bool = False
    check_in_now: bool = True
    arrived: bool | None = None
    arrival_date: WholeSecond | None = None
    checked_in_at: Name | None = None
    system_id: Sentence

    def body(self) -> dict[str, object]:
        """Return the body to send."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


def _on_the_wire(value: str | int | bool | datetime | None) -> object:
    if isinstance(value, datetime):
        return format_utc(value)
    return int(value) if isinstance(value, IntEnum) else value
