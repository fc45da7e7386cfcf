"""The face of the location: where its logo comes from and where it is kept."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.desk.house import House
from kiosk.nexudus.entities import Nexudus
from kiosk.settings import Settings
from kiosk.state.logo import LogoFile
from kiosk.sync.logo import LogoReading


def logo_of(nexudus: Nexudus, house: Callable[[], House], settings: Settings) -> LogoReading:
    """The errand that fetches the logo."""
    return LogoReading(nexudus, house, LogoFile(settings.state.folder))
