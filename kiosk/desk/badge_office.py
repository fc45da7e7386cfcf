"""What the screen asks where staff give a badge to a member."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from kiosk.desk.adverts import Advert
from kiosk.desk.badges import BadgeActs, BadgeRegister, EnrolledBadge, Heard, Tier
from kiosk.desk.clock import Clock
from kiosk.desk.enrolment import Enrolment, FoundBadge
from kiosk.desk.hosts import HostPage, HostRules
from kiosk.desk.people import PersonId
from kiosk.desk.ports import Directory
from kiosk.desk.staff import NotPossible
from kiosk.desk.staff_desk import STAFF_CORNER


class BadgeRecords(BadgeRegister, BadgeActs, Protocol):
    """The badges of this location, to ask and to change."""


class BadgeOffice(Protocol):
    """Gives badges to members. What blocks for the disk or a long search says so."""

    def find(self, typed: str) -> HostPage:
        """The members of these letters, whatever visitors may see of them. Blocks."""
        ...

    def begin(self, member: PersonId) -> Enrolment:
        """Find the badge that is held on the mark for this member."""
        ...

    def confirm(self, found: FoundBadge, member: PersonId) -> None:
        """Keep it. Blocks. Raises NotPossible where it cannot be theirs any more, and NotRecorded."""
        ...


class BadgeDrawer:
    """Fulfils `BadgeOffice`.

    Args:
        badges: The badges of this location.
        directory: Its members.
        recognise: The badge of somebody here behind an advert.
        clock: This device's clock.
    """

    def __init__(
        self,
        badges: BadgeRecords,
        directory: Directory,
        recognise: Callable[[Advert], Heard | None],
        clock: Clock,
    ) -> None:
        self._badges = badges
        self._directory = directory
        self._recognise = recognise
        self._clock = clock

    def find(self, typed: str) -> HostPage:
        """See `BadgeOffice.find`."""
        return self._directory.hosts(typed, 0, HostRules())

    def begin(self, member: PersonId) -> Enrolment:
        """See `BadgeOffice.begin`."""
        return Enrolment(member, self._recognise, self._badges.badge, self._numbers)

    def confirm(self, found: FoundBadge, member: PersonId) -> None:
        """See `BadgeOffice.confirm`."""
        known = self._badges.badge(found.handle)
        if self._badges.member(member) is None:
            raise NotPossible("This member has gone. Nothing was changed.")
        if known is not None and known.revoked is None:
            if known.member != member:
                raise NotPossible("This badge is somebody else's by now. Nothing was changed.")
            self._badges.put([replace(known, calibration=found.calibration)], STAFF_CORNER)
        elif found.tier is Tier.STATIC:
            made = self._clock.now().wall
            sign = found.sign.encode()
            badge = EnrolledBadge(found.handle, member, Tier.STATIC, sign, made, found.calibration)
            self._badges.put([badge], STAFF_CORNER)
        else:
            raise NotPossible("A badge with a key is added with 'kiosk badges add' first. Nothing was changed.")

    def _numbers(self, handle: str) -> frozenset[int]:
        return frozenset(member.id.number for member in self._badges.holders(handle))
