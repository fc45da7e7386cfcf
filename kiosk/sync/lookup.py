"""Somebody at the glass has a code that is not in the directory: who is that in Nexudus?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from kiosk.desk.credentials import Code, Via
from kiosk.desk.directory import DirectoryKeeper, VisitorListing
from kiosk.desk.house import House
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.models import Visitor
from kiosk.sync.invitations import Invitations
from kiosk.sync.translate import UNNAMED, member_listing, visitor_listing


class LookUp:
    """Adds to the directory whoever has a code: they may have joined, or been invited, a minute ago.

    Args:
        nexudus: The way for calls that somebody at the desk waits for.
        directory: Where they are added.
        invitations: The list of these days, read by the same way.
        house: The location.
    """

    def __init__(
        self, nexudus: Nexudus, directory: DirectoryKeeper, invitations: Invitations, house: Callable[[], House]
    ) -> None:
        self._nexudus = nexudus
        self._directory = directory
        self._invitations = invitations
        self._house = house

    async def look_up(self, code: Code) -> None:
        """Ask Nexudus who has this code and add them to the directory. Raises NexudusError, NotRecorded."""
        house = self._house()
        if code.unique_id is not None:
            visitor = await self._nexudus.visitor_with_guid(code.unique_id)
            if visitor is None:  # the filter may have been ignored, and the window of days is short
                await self._invitations.read()
                return
            await asyncio.to_thread(self._directory.add, [], await self._visits([visitor], house))
            return
        start, end = await self._invitations.days()
        found = await self._nexudus.visitors_with_code(house.id, code.text, start, end)
        coworkers = [] if code.via is Via.CAMERA else await self._nexudus.coworkers_with_pin(code.text, house.id)
        listings = [member_listing(coworker, house.badge_place) for coworker in coworkers]
        members = [listing for listing in listings if listing is not None]
        if members or found:
            await asyncio.to_thread(self._directory.add, members, await self._visits(found, house))

    async def read_visit(self, number: int) -> None:
        """Read one visit, for which somebody waits, anew into the directory. Raises NexudusError, NotRecorded."""
        record = await self._nexudus.visitor(number)
        await asyncio.to_thread(self._directory.add, [], await self._visits([record.value], self._house()))

    async def _visits(self, records: Sequence[Visitor], house: House) -> list[VisitorListing]:
        """Visits that were looked up, those at another location with its name."""
        names: dict[int, str] = {}
        if any(record.business_id != house.id for record in records):
            names = {business.id: business.name for business in await self._nexudus.businesses()}
        return [
            visitor_listing(record, "" if record.business_id == house.id else names.get(record.business_id) or UNNAMED)
            for record in records
        ]
