"""The members of the location, read page by page: a pass over everybody now and then, and what has changed between.

Each page is taken over as it comes, so that no more than one is ever held. A pass that breaks off has added and changed
people and taken nobody out who is not listed; the marks then stand, so the next pass asks for at least as much.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.desk.badges import BadgePlace
from kiosk.desk.directory import DirectoryKeeper, Marks, MemberListing
from kiosk.desk.house import House
from kiosk.nexudus.assumptions import CHANGES_OVERLAP
from kiosk.nexudus.coworkers import CoworkerPage, CoworkerReader
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import FilterIgnored
from kiosk.sync.pace import Sleep
from kiosk.sync.patience import page_retry
from kiosk.sync.timetable import Pass, Timetable
from kiosk.sync.translate import member_listing
from kiosk.sync.true_time import TrueTime

logger = logging.getLogger(__name__)

PAGE_PAUSE = 2.0
"""Seconds between the pages of a pass over people who are known here already: nobody waits for it, and the account's
calls are shared."""

WHOLE_PASS_PER_PAGE = 60.0
"""Seconds between passes over everybody for each page that they take, where changes cannot be asked for: one call a
minute, which twenty kiosks on an account can afford."""

BELIEVED_GONE = 0.2
"""If more of the members than this have gone at once, it is believed when a second pass says the same: a list that is
cut short would send everybody to the reception."""

FEW = 10
"""So many may always have gone."""

Tell = Callable[[int, int | None], None]
"""Told after each page how many have been read, and of how many where Nexudus says so."""


def _untold(_read: int, _total: int | None) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What a pass has seen.

    Attributes:
        ids: Everybody listed, whether they can check in or not.
        members: How many of them can check in.
        pages: How many pages it took.
        until: Changes before this are in it, by the clock of Nexudus; None if Nexudus told no time.
    """

    ids: Set[int]
    members: int
    pages: int
    until: datetime | None


class MemberPasses:
    """Keeps the members of the directory those of Nexudus.

    Args:
        nexudus: Where they are read.
        directory: Where they are kept.
        times: The true time.
        house: The location.
        timetable: When which pass is due.
        sleep: Waits; given, so that an hour can pass in a test.
    """

    def __init__(
        self,
        nexudus: Nexudus,
        directory: DirectoryKeeper,
        times: TrueTime,
        house: Callable[[], House],
        timetable: Timetable,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._nexudus = nexudus
        self._directory = directory
        self._times = times
        self._house = house
        self._timetable = timetable
        self._sleep = sleep
        self._started: datetime | None = None
        self._ignored_since: datetime | None = None
        self._ignored_said = False
        self._doubted: Set[int] = frozenset()
        self._pages = 1

    @property
    def known(self) -> bool:
        """Whether the members of this location have been read whole before."""
        marks = self._directory.marks
        return marks.whole is not None and marks.location == self._house().id

    @property
    def least_pause(self) -> float:
        """Seconds to leave between two passes whatever the rhythm: long lists that can only be read whole are read less
        often."""
        by_changes = self._timetable.changes and self._ignored_since is None
        if by_changes and self._directory.marks.changes_until is not None:
            return 0.0
        return self._pages * WHOLE_PASS_PER_PAGE

    async def read(self) -> Pass:
        """Make the pass that is due; answers which it was.

        Raises:
            NexudusError: It broke off. Nobody has been taken out for not being listed.
            NotRecorded: A page cannot be kept.
        """
        now, house = (await self._times.now()).wall, self._house()
        if self._due(now, house) is Pass.CHANGES:
            try:
                await self._read_changes(now, house)
                return Pass.CHANGES
            except FilterIgnored as error:
                self._mistrust(error, now)
        await self.read_whole()
        return Pass.WHOLE

    async def read_whole(self, tell: Tell = _untold) -> int:
        """Read everybody, and take out who is not listed any more; answers how many can check in. Raises as `read`."""
        now, house = (await self._times.now()).wall, self._house()
        marks = self._directory.marks
        if marks.location != house.id:
            marks = Marks(house.id)  # these are another location's, and stay until all of this one's are here
            await asyncio.to_thread(self._directory.change_members, (), (), marks)
        known = frozenset(await asyncio.to_thread(self._directory.member_numbers))
        read = await self._take_over(self._nexudus.coworkers(house.id), tell, marks.whole)
        self._pages = read.pages
        gone, sure = self._gone(known, read.ids, marks)
        done = Marks(house.id, now, now if sure else marks.whole, read.until)
        await asyncio.to_thread(self._directory.change_members, (), gone, done)
        logger.info("the members have been read whole: %d can check in, %d have gone", read.members, len(gone))
        return read.members

    async def _read_changes(self, now: datetime, house: House) -> None:
        marks = self._directory.marks
        since = (marks.changes_until or now) - CHANGES_OVERLAP
        read = await self._take_over(self._nexudus.coworkers(house.id, since), _untold, marks.whole)
        until = read.until or marks.changes_until
        await asyncio.to_thread(self._directory.change_members, (), (), replace(marks, read=now, changes_until=until))
        if self._ignored_said:
            self._ignored_said = False
            logger.info("Nexudus lists the changed members again")

    async def _take_over(self, reader: CoworkerReader, tell: Tell, before: datetime | None) -> _Read:
        """Take over each page as it comes. `before`: when all were read last, None if somebody may wait for this."""
        page = await reader.next_page()
        dated = self._nexudus.client.last_date
        asked_at = dated[0] if dated is not None else None
        ids: set[int] = set()
        members = pages = 0
        newest: datetime | None = None
        while page is not None:
            listed, gone = _sorted_out(page, self._house().badge_place)
            await asyncio.to_thread(self._directory.change_members, listed, gone)
            ids |= page.ids
            members, pages = members + sum(bool(one.pin) for one in listed), pages + 1
            newest = _newest(page, newest)
            tell(len(ids), page.total)
            if before is not None and not page.last:
                await self._sleep(PAGE_PAUSE)
            page = await page_retry(self._sleep)(reader.next_page)
        return _Read(ids, members, pages, asked_at or newest)

    def _due(self, now: datetime, house: House) -> Pass:
        self._started = self._started or now
        due = self._timetable.due(self._directory.marks, house.id, now, house.zone, self._started)
        if due is Pass.WHOLE or self._doubted:
            return Pass.WHOLE
        if self._ignored_since is None:
            return Pass.CHANGES
        if now - self._ignored_since < timedelta(days=1):
            return Pass.WHOLE
        self._ignored_since = None  # once a day the filter gets another try
        return Pass.CHANGES

    def _mistrust(self, error: FilterIgnored, now: datetime) -> None:
        self._ignored_since = now
        if not self._ignored_said:
            self._ignored_said = True
            logger.warning("Nexudus ignores %s: the members are read whole each time, and less often", error.name)

    def _gone(self, known: Set[int], listed: Set[int], marks: Marks) -> tuple[Set[int], bool]:
        """Who is to be taken out, and whether that is all."""
        missing = known - listed
        if marks.whole is None or len(missing) <= max(FEW, BELIEVED_GONE * len(known)):
            self._doubted = frozenset()
            return missing, True
        if self._doubted:
            agreed = missing & self._doubted
            self._doubted = frozenset()
            return agreed, True
        self._doubted = missing
        logger.warning(
            "%d of %d members are not listed any more: a second pass is to confirm it", len(missing), len(known)
        )
        return frozenset(), False


def _sorted_out(page: CoworkerPage, badge_place: BadgePlace) -> tuple[list[MemberListing], set[int]]:
    """Who of a page can check in or be a host, and the numbers of those who can be neither (any more)."""
    listed = [listing for one in page.coworkers if (listing := member_listing(one, badge_place)) is not None]
    kept = {listing.member.id.number for listing in listed}
    return listed, {one.id for one in page.coworkers} - kept


def _newest(page: CoworkerPage, before: datetime | None) -> datetime | None:
    """The latest change in the pages so far: the clock of Nexudus where its answers bear no date."""
    moments = [one.updated_on for one in page.coworkers if one.updated_on is not None]
    newest = max(moments, default=None)
    if newest is None or before is None:
        return newest or before
    return max(newest, before)
