"""Where this kiosk stands: what setting it up has found out, kept with what cannot be had again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.desk.house import House, Texts, VisitorWifi
from kiosk.desk.location import Location
from kiosk.desk.visit_form import Asking, VisitForm
from kiosk.state.database import Database

SITE = "site"


@dataclass(frozen=True, slots=True)
class Site:
    """One kiosk's place.

    Attributes:
        client_id: This kiosk's own name towards Nexudus, made once: kiosks that shared one would end each other's
            sign-ins.
        base_url: Where Nexudus was when the kiosk was set up.
        business_id: The location, 0 before set-up.
        name: The location's name.
        zone: Its IANA time zone.
        texts: Its own texts.
        visitor_wifi: Whether its visitors get a code for the Wi-Fi.
        visit_form: What its visitors are asked.
        customer_filter: Its own limit of the customers whom visitors may choose, as it stands in Nexudus.
        cut_off: The time of day by which everybody is taken to have left, as `HH:MM`; empty for the end of the day.
    """

    client_id: str
    base_url: str = ""
    business_id: int = 0
    name: str = ""
    zone: str = "UTC"
    texts: Texts = field(default_factory=Texts)
    visitor_wifi: VisitorWifi = VisitorWifi.NONE
    visit_form: VisitForm = field(default_factory=VisitForm)
    customer_filter: str = ""
    cut_off: str = ""

    @property
    def ready(self) -> bool:
        """Whether the kiosk has been set up."""
        return self.business_id != 0

    @property
    def location(self) -> Location:
        """What of it Nexudus says, and may say otherwise tomorrow."""
        return Location(self.name, self.zone, self.texts, self.visitor_wifi, self.visit_form, self.cut_off)

    def at(self, location: Location) -> Site:
        """The same place as Nexudus has it now."""
        return replace(
            self,
            name=location.name,
            zone=location.zone,
            texts=location.texts,
            visitor_wifi=location.visitor_wifi,
            visit_form=location.visit_form,
            cut_off=location.cut_off,
        )

    def house(self, greet_seconds: float = 60.0, undo_seconds: float = 10.0, guess_odds: float = 0.001) -> House:
        """The location as the desk sees it. An unknown zone is UTC: better a shifted clock than none."""
        try:
            zone = ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            zone = ZoneInfo("UTC")
        return House(
            self.business_id,
            self.name,
            zone,
            timedelta(seconds=greet_seconds),
            timedelta(seconds=undo_seconds),
            self.texts,
            guess_odds,
            visitor_wifi=self.visitor_wifi,
            visit_form=self.visit_form,
            cut_off=time.fromisoformat(self.cut_off) if self.cut_off else None,
        )


class SiteStore:
    """Keeps the one `Site`. Fulfils the desk's `LocationKeeper`."""

    def __init__(self, database: Database) -> None:
        self._db = database
        with self._db.reading():
            docs = self._db.table(SITE).all()
            self._site = _to_site(docs[0]) if docs else None

    @property
    def site(self) -> Site | None:
        """Where this kiosk stands, or None before its first start."""
        return self._site

    def save(self, site: Site) -> None:
        """Write it. Raises StateNotWritten."""
        if site == self._site:
            return
        with self._db.transaction():
            self._db.table(SITE).truncate()
            self._db.table(SITE).insert(asdict(site))
        self._site = site

    @property
    def location(self) -> Location:
        """The location as last read."""
        return (self._site or Site(client_id="")).location

    def keep_location(self, location: Location) -> None:
        """Write it, unless it is the same as before. Raises StateNotWritten."""
        if self._site is not None:
            self.save(self._site.at(location))


def _to_site(doc: Any) -> Site:
    # A document from an older kiosk says nothing of the Wi-Fi or the form, and its texts hold no terms.
    wifi = VisitorWifi(doc.get("visitor_wifi", VisitorWifi.NONE))
    form = VisitForm(**{name: Asking(value) for name, value in doc.get("visit_form", {}).items()})
    return Site(**{**doc, "texts": Texts(**doc["texts"]), "visitor_wifi": wifi, "visit_form": form})
