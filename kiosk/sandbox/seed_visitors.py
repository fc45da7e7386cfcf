"""The visitors of the simulated location: twenty today, one of yesterday, one for tomorrow, and one who is expected at
the other location."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kiosk.sandbox import names
from kiosk.sandbox.draws import draw, visitor_code
from kiosk.sandbox.entities import BOOKING_VISITORS, COWORKERS, VISITORS
from kiosk.sandbox.schema import Value
from kiosk.sandbox.world import World

GONE = names.VISITORS[0]
AWAITING_HOST = names.VISITORS[5]
REJECTED = names.VISITORS[6]
TERMS_NOT_AGREED = names.VISITORS[7]
ON_TOUR = names.VISITORS[12]
YESTERDAY = "Bruno Castellani"
TOMORROW = "Yuki Morimoto"
ELSEWHERE = "Anneli Saarinen"
OF_A_BOOKING = names.VISITORS[9]
HELD = names.VISITORS[10]
GRANTED = names.VISITORS[11]

_APPROVAL_OF = {AWAITING_HOST: 2, REJECTED: 3}
_APPROVED = (1, 4, 5)
_HOSTS = 16


@dataclass(frozen=True, slots=True)
class _Day:
    """The day that is seeded for: its start, and the moment it is now."""

    midnight: datetime
    moment: datetime

    def at(self, hours: int, minutes: int) -> datetime:
        return (self.midnight + timedelta(hours=hours, minutes=minutes)).astimezone(UTC)

    def passed(self, hours: int, minutes: int) -> datetime:
        """That time of the day, or a little before now when it is yet to come."""
        recent = self.moment.astimezone(UTC) - timedelta(minutes=5)
        return max(self.midnight.astimezone(UTC), min(self.at(hours, minutes), recent))


def add_visitors(world: World, members: int, locations: tuple[int, int], midnight: datetime, moment: datetime) -> None:
    """Add them to a world of so many members, at the first of its locations and one at the other."""
    day = _Day(midnight, moment)
    expected = [(name, day.at(8, 30 + 24 * number)) for number, name in enumerate(names.VISITORS)]
    expected += [(YESTERDAY, day.at(-13, 0)), (TOMORROW, day.at(34, 30)), (ELSEWHERE, day.at(11, 0))]
    for number, (name, arrival) in enumerate(expected):
        values: dict[str, Value] = {
            "Id": VISITORS.first_id + number,
            "BusinessId": locations[name == ELSEWHERE],
            "FullName": name,
            "Email": f"visitor.{number + 1}@guests.harbourworks.test",
            "CoworkerId": _host(number),
            "VisitorSource": 3 if number % 3 else 1,
            "HostApprovalStatus": _APPROVAL_OF.get(name, _APPROVED[number % 3]),
            "VisitorCode": visitor_code(number, members),
            "VisitReason": names.REASONS[draw(f"reason {number}", len(names.REASONS))],
            "CompanyName": names.VISITOR_COMPANIES[draw(f"firm {number}", len(names.VISITOR_COMPANIES))] or None,
            "PhoneNumber": f"+34 600 {draw(f'phone {number}', 10**6):06d}",
            "ExpectedArrival": arrival,
            "HasAgreedTerms": name != TERMS_NOT_AGREED,
            "CreatedOn": day.at(-40, number),
            "UpdatedOn": day.at(-39, number),
        }
        if name == ON_TOUR:
            values |= {"CoworkerId": None, "IsTour": True, "TourConfirmed": True}
        if name == GONE:
            values |= {"Arrived": True, "ArrivalDate": day.passed(8, 34), "DepartureDate": day.passed(9, 41)}
            values |= {"CheckedInAt": "Harbour Works", "Notified": True, "UpdatedOn": day.passed(9, 41)}
        world.add(VISITORS, names.SEEDED_BY, values)
        if name == OF_A_BOOKING:
            _add_to_a_booking(world, values)


def _add_to_a_booking(world: World, visitor: dict[str, Value]) -> None:
    """The visitor comes for a meeting room that the host has booked (contract 3.2)."""
    shared = {f"Visitor{name}": visitor[name] for name in ("FullName", "Email", "PhoneNumber", "CompanyName")}
    values: dict[str, Value] = {"Id": BOOKING_VISITORS.first_id, "BookingId": 1_418_686_279, "VisitorId": visitor["Id"]}
    times = {name: visitor[name] for name in ("CreatedOn", "UpdatedOn")}
    world.add(BOOKING_VISITORS, names.SEEDED_BY, {**values, **shared, **times})


def _host(number: int) -> int:
    """One of the first members: none of them is inactive or archived, or belongs elsewhere alone."""
    return COWORKERS.first_id + draw(f"host {number}", _HOSTS)
