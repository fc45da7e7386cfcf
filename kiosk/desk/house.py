"""The location a kiosk stands in, and its rules."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from kiosk.desk.badges import BadgePlace
from kiosk.desk.elsewhere import Tiles
from kiosk.desk.hosts import HostRules
from kiosk.desk.visit_form import Question, VisitForm


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts that the location has set in Nexudus (`MobileApp.FrontDesk.Checkin.*`); empty means the kiosk's own
    words."""

    home: str = ""
    tap_to_start: str = ""
    member: str = ""
    visitor: str = ""
    have_code: str = ""
    welcome_title: str = ""
    welcome_member: str = ""
    welcome_visitor: str = ""
    goodbye_title: str = ""
    goodbye: str = ""
    terms: str = ""
    """What a visitor must agree to, several lines of Markdown as it stands there (contract 4.3)."""

    @property
    def terms_version(self) -> str:
        """Names this wording of the terms: SHA-256 of its UTF-8, in hexadecimal; empty where there are none."""
        return hashlib.sha256(self.terms.encode(errors="surrogatepass")).hexdigest() if self.terms else ""


class VisitorCheckIn(StrEnum):
    """Who checks visitors in."""

    KIOSK = "kiosk"
    RECEPTION = "reception"
    """Doors are Salto KS: who is checked in by a kiosk is given no way through them (contract 9)."""


class WalkInApproval(StrEnum):
    """Whether the host has a say before a walk-in is in."""

    NOT_ASKED = "not-asked"
    BY_HOST = "by-host"


class VisitorWifi(StrEnum):
    """Whether visitors get a code for the Wi-Fi (contract 3.7)."""

    NONE = "none"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class Closure:
    """Staff have closed the kiosk.

    Attributes:
        since: When, in UTC.
        text: Their own words for visitors, clean; empty for the kiosk's.
    """

    since: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """One location.

    Attributes:
        id: Nexudus's number of the location (`BusinessId`).
        name: Clean text for the screen.
        zone: The location's time zone. Nexudus speaks UTC; people see this.
        greet_within: Somebody who shows up again within this time is greeted, not asked.
        undo_within: How long a person can take back what they did.
        texts: The location's own words.
        guess_odds: Where a guess of a PIN hits somebody more often than this, the surname's first letter is asked for.
        visitor_check_in: Who checks visitors in.
        walk_in_approval: Whether a walk-in waits for the host.
        visitor_wifi: Whether visitors get a code for the Wi-Fi.
        visit_form: What visitors without an invitation are asked.
        host_rules: Whom they may visit, and how those are found.
        country: Two letters for the country whose telephone numbers need no prefix; empty where that is not known.
        reception: How to reach reception, in words, such as "Dial 9 on the white phone."; may be empty.
        cut_off: The time of day by which whoever came before it is taken to have left; None for the end of the day.
        closure: That nobody is checked in or out here for now; None while the kiosk is open.
        tiles: The automation tiles that are shown to phones with Passport.
        badge_place: Where staff enter the badges of a member in Nexudus.
    """

    id: int
    name: str
    zone: tzinfo = UTC
    greet_within: timedelta = timedelta(seconds=60)
    undo_within: timedelta = timedelta(seconds=10)
    texts: Texts = field(default_factory=Texts)
    guess_odds: float = 0.001
    visitor_check_in: VisitorCheckIn = VisitorCheckIn.KIOSK
    walk_in_approval: WalkInApproval = WalkInApproval.NOT_ASKED
    visitor_wifi: VisitorWifi = VisitorWifi.NONE
    visit_form: VisitForm = field(default_factory=VisitForm)
    host_rules: HostRules = field(default_factory=HostRules)
    country: str = ""
    reception: str = ""
    cut_off: time | None = None
    closure: Closure | None = None
    tiles: Tiles = field(default_factory=Tiles)
    badge_place: BadgePlace = field(default_factory=BadgePlace)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What a visitor who registers here is asked, in order."""
        return self.visit_form.questions(host_needed=self.walk_in_approval is WalkInApproval.BY_HOST)

    def local(self, at: datetime) -> datetime:
        """The wall clock of the location at an aware time."""
        return at.astimezone(self.zone)

    def day(self, at: datetime) -> date:
        """The calendar day of the location at an aware time."""
        return self.local(at).date()

    def end_of_day(self, at: datetime) -> datetime:
        """The last second, in UTC, of the location's calendar day at an aware time."""
        midnight = datetime.combine(self.day(at) + timedelta(days=1), time.min, self.zone)
        return (midnight - timedelta(seconds=1)).astimezone(UTC)

    def assumed_end(self, began: datetime) -> datetime:
        """When a stay that began at an aware time is taken to have ended, in UTC, where nobody recorded its end: at the
        cut-off of its day, or with the day for whoever came after the cut-off."""
        if self.cut_off is None:
            return self.end_of_day(began)
        cut_off = datetime.combine(self.day(began), self.cut_off, self.zone).astimezone(UTC)
        return cut_off if cut_off > began else self.end_of_day(began)
