"""What Nexudus says of the location, as far as the kiosk goes by it, and where that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Protocol

from kiosk.desk.house import Texts, VisitorWifi
from kiosk.desk.visit_form import VisitForm


@dataclass(frozen=True, slots=True)
class Location:
    """What can change there without anybody at the kiosk.

    Attributes:
        name: What it is called.
        zone: Its IANA time zone.
        texts: Its own texts.
        visitor_wifi: Whether its visitors get a code for the Wi-Fi.
        visit_form: What its visitors are asked.
        cut_off: The time of day by which everybody is taken to have left, as `HH:MM`; empty for the end of the day.
    """

    name: str
    zone: str
    texts: Texts
    visitor_wifi: VisitorWifi
    visit_form: VisitForm
    cut_off: str = ""

    def differences(self, other: Location) -> tuple[str, ...]:
        """The names of what differs, such as "zone" or "texts.terms": for the log, which holds no values."""
        return tuple(_differences(self, other, ""))


def _differences(one: object, other: object, place: str) -> Iterator[str]:
    if not is_dataclass(one):
        if one != other:
            yield place
        return
    for field in fields(one):
        inside = f"{place}.{field.name}" if place else field.name
        yield from _differences(getattr(one, field.name), getattr(other, field.name), inside)


class LocationKeeper(Protocol):
    """Where it is kept. May be asked from any thread."""

    @property
    def location(self) -> Location:
        """The location as last read."""
        ...

    def keep_location(self, location: Location) -> None:
        """Write it, unless it is the same as before. Raises NotRecorded."""
        ...
