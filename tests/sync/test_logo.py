"""The location's logo comes from Nexudus, and whatever comes instead does no harm."""

from __future__ import annotations

from kiosk.desk.logo import LARGEST_LOGO
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NotFound, NotNexudus, RoleMissing
from kiosk.nexudus.rights import BUSINESS_LIST
from kiosk.sandbox.logo import drawn_logo
from kiosk.state.logo import LogoFile
from kiosk.sync.logo import LogoReading
from tests.road import Road


async def test_setting_up_fetches_it_and_a_look_finds_nothing_new(road: Road) -> None:
    file = LogoFile(road.settings.state.folder)
    assert file.read() == drawn_logo()
    file.keep(None)
    await LogoReading(road.nexudus, road.desk.house, file).read()
    assert file.read() == drawn_logo()


class Instead(Nexudus):
    """A Nexudus that answers otherwise."""

    def __init__(self, answer: bytes | Exception) -> None:
        self._answer = answer

    async def logo_of(self, business_id: int) -> bytes:
        """What it answers."""
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


async def test_a_location_without_a_logo_has_none_and_what_cannot_be_had_stays(road: Road) -> None:
    file = LogoFile(road.settings.state.folder)
    for answer in (NotNexudus("status 302"), RoleMissing(BUSINESS_LIST), bytes(LARGEST_LOGO + 1)):
        await LogoReading(Instead(answer), road.desk.house, file).read()
        assert file.read() == drawn_logo()
    await LogoReading(Instead(NotFound()), road.desk.house, file).read()
    assert file.read() is None
