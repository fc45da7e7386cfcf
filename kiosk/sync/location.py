"""The errand of every night that asks how the location is set in Nexudus, so that what is changed there reaches the
kiosk without anybody in front of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.desk.house import House
from kiosk.desk.location import Location, LocationKeeper
from kiosk.desk.ports import NotRecorded
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NexudusError, RoleMissing
from kiosk.nexudus.models import Me
from kiosk.sync.form import form_from
from kiosk.sync.link import LinkWatch
from kiosk.sync.logo import LogoReading
from kiosk.sync.pace import Sleep
from kiosk.sync.timetable import Timetable
from kiosk.sync.translate import cut_off_from, texts_from, wifi_from
from kiosk.sync.true_time import TrueTime

logger = logging.getLogger(__name__)

AFTER_START = timedelta(minutes=10)
"""Over how long kiosks that were all switched on at once spread their first look. How old what they know is does not
matter: whoever restarts a kiosk may do so because something was changed."""

LOOK_SECONDS = 900.0
"""How often it is seen whether the night has come, and how soon a look that failed is repeated."""


def as_set(location: Location, settings: Mapping[str, str]) -> Location:
    """The location as its settings in Nexudus have it (contract 3.5); what is not set there is as the kiosk has it."""
    return replace(
        location,
        texts=texts_from(settings),
        visitor_wifi=wifi_from(settings),
        visit_form=form_from(settings),
        cut_off=cut_off_from(settings),
    )


class LocationReading:
    """Keeps what the kiosk knows of its location as Nexudus has it. What cannot be read stays as it is.

    Args:
        nexudus: Where it is read.
        house: The location as the desk sees it.
        keeper: Where it is kept.
        times: The true time.
        timetable: When it is night there, for this kiosk.
        link: Told how each look ended.
        sleep: Waits; given, so that a night can pass in a test.
        logo: Fetches the logo each time as well, if there is anything that shows it.
    """

    def __init__(
        self,
        nexudus: Nexudus,
        house: Callable[[], House],
        keeper: LocationKeeper,
        times: TrueTime,
        timetable: Timetable,
        link: LinkWatch,
        sleep: Sleep = asyncio.sleep,
        logo: LogoReading | None = None,
    ) -> None:
        self._nexudus = nexudus
        self._house = house
        self._keeper = keeper
        self._times = times
        self._timetable = timetable
        self._link = link
        self._sleep = sleep
        self._logo = logo
        self._read_at: datetime | None = None

    async def read(self) -> tuple[str, ...]:
        """Ask Nexudus, and keep what has changed; answers the names of it.

        Raises:
            NexudusError: Nexudus cannot be reached, or refuses. A missing right raises nothing: what needs it stays.
            NotRecorded: It cannot be kept.
        """
        known = self._keeper.location
        me = await self._nexudus.me()
        found = await self._with_settings(replace(known, name=await self._name() or known.name, zone=self._zone(me)))
        changed = known.differences(found)
        if changed:
            await asyncio.to_thread(self._keeper.keep_location, found)
            logger.info("the location's settings have changed in Nexudus: %s", ", ".join(changed))
        return changed

    async def run_for_ever(self) -> None:
        """Look soon after the start, and then once a night."""
        await self._sleep(self._timetable.share * AFTER_START.total_seconds())
        while True:
            failures = self._link.failures
            try:
                if await self._look_if_due():
                    self._link.worked(failures)
            except NexudusError as error:
                self._link.failed(error)
            except NotRecorded as error:
                logger.error("the location's settings cannot be kept: %s", error)
            await self._sleep(LOOK_SECONDS)

    async def _look_if_due(self) -> bool:
        """Whether Nexudus was asked."""
        now = (await self._times.now()).wall
        if self._read_at is not None and self._read_at >= self._timetable.last_night(now, self._house().zone):
            return False
        await self.read()
        if self._logo is not None:
            await self._logo.read()
        self._read_at = now
        return True

    async def _name(self) -> str | None:
        try:
            businesses = await self._nexudus.businesses()
        except RoleMissing as error:
            self._link.failed(error)
            return None
        return next((business.name for business in businesses if business.id == self._house().id), None)

    def _zone(self, me: Me) -> str:
        """The time zone. Nexudus tells that of the account's own location alone, which staff change as they look
        around in its pages: while that is another one, it says nothing of this."""
        told, known = me.default_simple_time_zone_name_iana, self._keeper.location.zone
        return told if told and me.default_business_id == self._house().id and _is_zone(told) else known

    async def _with_settings(self, location: Location) -> Location:
        try:
            settings = await self._nexudus.settings_of(self._house().id)
        except RoleMissing as error:
            self._link.failed(error)
            return location
        # A location always has settings: an empty list says that they were not to be seen.
        return as_set(location, settings) if settings else location


def _is_zone(name: str) -> bool:
    """Whether this device knows a time zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
