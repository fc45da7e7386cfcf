"""The errand that fetches the location's logo."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from kiosk.desk.house import House
from kiosk.desk.logo import LARGEST_LOGO, LogoKeeper
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NotFound, NotNexudus, Refused, RoleMissing

logger = logging.getLogger(__name__)


class LogoReading:
    """Keeps the logo as Nexudus has it. Nobody waits for it, and what cannot be read stays as it is.

    Args:
        nexudus: Where it is read.
        house: The location as the desk sees it.
        keeper: Where it is kept.
    """

    def __init__(self, nexudus: Nexudus, house: Callable[[], House], keeper: LogoKeeper) -> None:
        self._nexudus = nexudus
        self._house = house
        self._keeper = keeper

    async def read(self) -> None:
        """Fetch it, and keep it.

        Raises:
            NexudusError: Nexudus cannot be reached. A location without a logo, a missing right and a web page in its
                place raise nothing: how a logo is fetched is the least certain part of Nexudus's documents.
            NotRecorded: It cannot be kept.
        """
        try:
            picture = await self._nexudus.logo_of(self._house().id)
        except NotFound:
            picture = None
        except (RoleMissing, NotNexudus, Refused) as error:
            logger.info("the location's logo cannot be had: %s", type(error).__name__)
            return
        if picture is not None and len(picture) > LARGEST_LOGO:
            logger.info("the location's logo has %d bytes and is not kept", len(picture))
            return
        if await asyncio.to_thread(self._keeper.keep, picture or None):
            logger.info("the location's logo has changed")
