"""What the courier hands to the directory, and the port through which it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk.desk.people import Member, Visitor


@dataclass(frozen=True, slots=True)
class MemberListing:
    """A member or company as Nexudus lists them. The PIN is hashed on the way in and not kept; it is empty for who has
    none, and can be visited all the same."""

    member: Member
    pin: str = field(repr=False)
    company: str = ""


@dataclass(frozen=True, slots=True)
class VisitorListing:
    """A visitor as Nexudus lists them. Code and GUID are hashed on the way in and not kept."""

    visitor: Visitor
    code: str = field(repr=False)
    unique_id: str = field(default="", repr=False)


class DirectoryKeeper(Protocol):
    """The directory as the courier sees it. Writes block until they are on disk and raise NotRecorded."""

    @property
    def as_of(self) -> datetime | None:
        """When the members were last read from Nexudus, in UTC; None before the first time."""
        ...

    def replace_members(self, listings: Iterable[MemberListing], as_of: datetime) -> None:
        """Take over the whole list of members and companies."""
        ...

    def replace_visitors(self, listings: Iterable[VisitorListing]) -> None:
        """Take over the whole list of visitors."""
        ...

    def add(self, members: Sequence[MemberListing], visitors: Sequence[VisitorListing]) -> None:
        """Take in people who were looked up one by one."""
        ...
