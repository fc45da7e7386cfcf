"""What the courier hands to the directory, and the port through which it does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk.desk.people import Member, Visitor


@dataclass(frozen=True, slots=True)
class MemberListing:
    """A member or company as Nexudus lists them. The PIN is hashed on the way in and not kept; it is empty for who has
    none, and can be visited all the same. So are the numbers of their cards and key fobs, as Nexudus has them, and the
    handles of their badges."""

    member: Member
    pin: str = field(repr=False)
    company: str = ""
    cards: tuple[str, ...] = field(default=(), repr=False)
    badges: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class VisitorListing:
    """A visitor as Nexudus lists them. Code, GUID and address are hashed on the way in and not kept."""

    visitor: Visitor
    code: str = field(repr=False)
    unique_id: str = field(default="", repr=False)
    email: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Marks:
    """How far the members who are known here are those of Nexudus.

    Attributes:
        location: Whose members they are (`BusinessId`); 0 while they are nobody's.
        read: When the last pass began that came to its end, over all members or over the changed ones, in UTC by this
            device's clock.
        whole: The same, of the last pass over all members.
        changes_until: Changes up to here are known, in UTC by the clock of Nexudus; None if nobody can tell, so that
            the next pass has to be over all.
    """

    location: int = 0
    read: datetime | None = None
    whole: datetime | None = None
    changes_until: datetime | None = None


class DirectoryKeeper(Protocol):
    """The directory as the courier sees it. Writes block until they are on disk and raise NotRecorded."""

    @property
    def as_of(self) -> datetime | None:
        """When the members were last read from Nexudus, in UTC; None before the first time."""
        ...

    @property
    def marks(self) -> Marks:
        """How far the members go; all empty before the first time."""
        ...

    def member_numbers(self) -> Collection[int]:
        """Nexudus's numbers of all members who are known here."""
        ...

    def change_members(
        self, listed: Sequence[MemberListing], gone: Collection[int], marks: Marks | None = None
    ) -> None:
        """Take over members as they are listed, take out those who have gone, by number, and set the marks if there are
        any, all in one write. Whoever is not named stays as they are known."""
        ...

    def replace_visitors(self, listings: Iterable[VisitorListing]) -> None:
        """Take over the whole list of visitors."""
        ...

    def sweep(self) -> None:
        """Forget the guests whose visit this kiosk no longer keeps."""
        ...

    def add(self, members: Sequence[MemberListing], visitors: Sequence[VisitorListing]) -> None:
        """Take in people who were looked up one by one."""
        ...
