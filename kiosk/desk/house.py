"""The location a kiosk stands in, and its rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from kiosk.desk.visit_form import VisitForm


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
        visit_form: What visitors without an invitation are asked.
    """

    id: int
    name: str
    zone: tzinfo = UTC
    greet_within: timedelta = timedelta(seconds=60)
    undo_within: timedelta = timedelta(seconds=10)
    texts: Texts = field(default_factory=Texts)
    guess_odds: float = 0.001
    visit_form: VisitForm = field(default_factory=VisitForm)

    def local(self, at: datetime) -> datetime:
        """The wall clock of the location at an aware time."""
        return at.astimezone(self.zone)

    def day(self, at: datetime) -> date:
        """The calendar day of the location at an aware time."""
        return self.local(at).date()
