"""Today's visitors, as the staff corner lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk.desk.clock import Moment
from kiosk.desk.events import Stay
from kiosk.desk.house import House
from kiosk.desk.people import PersonId, Visitor


class Whereabouts(StrEnum):
    """Where a visitor of today is."""

    EXPECTED = "expected"
    IN = "in"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Guest:
    """A visitor of today.

    Attributes:
        person: Who.
        name: Their whole name: staff look at it.
        whereabouts: Where they are.
        at: When they are expected, came, or left, by `whereabouts`, in UTC; None if no time is known.
        host: Whom they visit; may be empty.
    """

    person: PersonId
    name: str = field(repr=False)
    whereabouts: Whereabouts
    at: datetime | None = None
    host: str = ""


_ORDER = (Whereabouts.EXPECTED, Whereabouts.IN, Whereabouts.LEFT)


def guests_of_today(
    visitors: Iterable[Visitor],
    walk_ins: Iterable[Visitor],
    stay_of: Callable[[PersonId], Stay | None],
    now: Moment,
    house: House,
) -> Sequence[Guest]:
    """Who is expected today, is in, or has left: in this order, and by the time of each.

    A visit without a time counts for today, as it does for who checks in. While the clock cannot be believed nobody is
    left out by the day.

    Args:
        visitors: The visits that are known here, each with when it ended.
        walk_ins: Who registered here, is in, and stands in no list of Nexudus yet.
        stay_of: Whether somebody is in.
        now: The present moment.
        house: The location, in whose zone it is today.
    """
    guests = []
    for visitor in visitors:
        stay = stay_of(visitor.id)
        if stay is None and (visitor.elsewhere or not _is_today(visitor, now, house)):
            continue
        guests.append(_guest(visitor, stay))
    guests += [_guest(one, stay) for one in walk_ins if (stay := stay_of(one.id)) is not None]
    return sorted(guests, key=lambda one: (_ORDER.index(one.whereabouts), _stamp(one), one.name, one.person.number))


def _is_today(visitor: Visitor, now: Moment, house: House) -> bool:
    day = visitor.departed or visitor.expected
    return day is None or not now.quality.believed or house.day(day) == house.day(now.wall)


def _guest(visitor: Visitor, stay: Stay | None) -> Guest:
    if stay is not None:
        return Guest(visitor.id, visitor.name, Whereabouts.IN, stay.since, visitor.host)
    if visitor.departed is not None:
        return Guest(visitor.id, visitor.name, Whereabouts.LEFT, visitor.departed, visitor.host)
    return Guest(visitor.id, visitor.name, Whereabouts.EXPECTED, visitor.expected, visitor.host)


def _stamp(guest: Guest) -> float:
    return guest.at.timestamp() if guest.at is not None else 0.0
