"""Codes worth trying on a seeded world, and what each one shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from kiosk.sandbox import names, seed_visitors
from kiosk.sandbox.entities import BUSINESSES, CHECKINS, COWORKERS, VISITORS
from kiosk.sandbox.schema import Record
from kiosk.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Sample:
    """One thing to try.

    `code` is what to type; `qr` is what the QR code of the invitation holds, empty for members, who have none; `card`
    is what a reader types for an access card, empty where there is none; `expect` says in a sentence what happens.
    """

    label: str
    name: str
    kind: Literal["member", "visitor"]
    code: str
    qr: str
    expect: str
    card: str = ""


def samples(world: World) -> tuple[Sample, ...]:
    """What can be tried on `world` today. A case that the world does not hold, or no longer, is left out."""
    return (*_members(world), *_visitors(world))


_MEMBERS = (
    ("Member", names.NOTABLE[0], "Welcomed by name and checked in."),
    ("Two members, one PIN", names.SHARING_A_PIN[0], "Asked for the first letter of the surname: O."),
    ("Two members, one PIN", names.SHARING_A_PIN[1], "Asked for the first letter of the surname: W."),
    ("No valid pass", names.LAPSED, "Nexudus refuses the check-in, and says why."),
    ("A name with brackets", names.NOTABLE[4], "The name is shown exactly as it is written."),
    ("The longest name", names.LONGEST_NAME, "The name still fits the screen."),
)


HOLDER = names.NOTABLE[3]
"""A member with an access card."""


def _members(world: World) -> list[Sample]:
    people = {person.text("FullName"): person for person in reversed(world.rows(COWORKERS))}
    found = [
        _member(label, people[name], expect)
        for label, name, expect in _MEMBERS
        if name in people and people[name].text("AccessPincode")
    ]
    holder = people.get(HOLDER)
    if holder and holder.text("AccessCardId"):
        card = holder.text("AccessCardId")
        expect = "Checked in by the reader, whose keys come faster than a person's. Typed by hand it is no code."
        found.append(Sample("Access card", HOLDER, "member", card, "", expect, card))
    for checkin in world.rows(CHECKINS):
        person = world.find(COWORKERS, checkin.number("CoworkerId"))
        if person and checkin.moment("ToTime") is None and _is_on(world, checkin, "FromTime", days=0):
            found.append(_member("Member who is in already", person, "Told since when, and asked about leaving."))
            break
    retired = next((person for person in world.rows(COWORKERS) if person.flag("Archived")), None)
    if retired:
        found.append(_member("Former member", retired, "The PIN is not known any more."))
    return found


def _member(label: str, person: Record, expect: str) -> Sample:
    return Sample(label, person.text("FullName"), "member", person.text("AccessPincode"), "", expect)


def _bare(_site: str, visitor: Record) -> str:
    return visitor.text("VisitorCode")


def _in_query(site: str, visitor: Record) -> str:
    return f"{site}/visitors/checkin?code={visitor.text('VisitorCode')}"


def _in_path(site: str, visitor: Record) -> str:
    return f"{site}/visitors/{visitor.text('VisitorCode')}"


def _guid(_site: str, visitor: Record) -> str:
    return visitor.text("UniqueId")


_Qr = Callable[[str, Record], str]
_VISITORS: tuple[tuple[str, str, int, _Qr, str], ...] = (
    ("Visitor expected today", names.VISITORS[1], 0, _bare, "Welcomed and checked in; the host's name is shown."),
    ("Invitation with a web address", names.VISITORS[2], 0, _in_query, "The code is found in the address."),
    ("Another web address", names.VISITORS[3], 0, _in_path, "The code is the end of the address."),
    ("Invitation with an identifier", names.VISITORS[4], 0, _guid, "The visit is found by its identifier."),
    ("The host collects", seed_visitors.HELD, 0, _bare, "Welcomed, and told that the host comes."),
    ("Go to the host", seed_visitors.GRANTED, 0, _bare, "Welcomed, and told where to go."),
    ("Guest of a booking", seed_visitors.OF_A_BOOKING, 0, _guid, "Welcomed like any other visitor."),
    ("Terms to agree to", seed_visitors.TERMS_NOT_AGREED, 0, _bare, "Asked to agree to the location's terms first."),
    ("Waiting for the host", seed_visitors.AWAITING_HOST, 0, _bare, "Told that the host has yet to approve the visit."),
    ("Declined by the host", seed_visitors.REJECTED, 0, _in_query, "Not checked in, and asked to see reception."),
    ("Visitor for tomorrow", seed_visitors.TOMORROW, 1, _bare, "Told that the visit is on another day."),
    ("Visitor of yesterday", seed_visitors.YESTERDAY, -1, _bare, "Told that the visit was on another day."),
    ("Invited elsewhere", seed_visitors.ELSEWHERE, 0, _bare, "Told at which location the visit is."),
    ("Visit that has ended", seed_visitors.GONE, 0, _bare, "Told that this visit is over."),
)


def _visitors(world: World) -> list[Sample]:
    people = {person.text("FullName"): person for person in reversed(world.rows(VISITORS))}
    found = []
    for label, name, days, qr, expect in _VISITORS:
        person = people.get(name)
        to_come = person is not None and (name == seed_visitors.GONE or not person.flag("Arrived"))
        if person and to_come and _is_on(world, person, "ExpectedArrival", days):
            location = world.get(BUSINESSES, person.number("BusinessId") or 0)
            site = f"https://{location.text('WebAddress')}.spaces.nexudus.com"
            found.append(Sample(label, name, "visitor", person.text("VisitorCode"), qr(site, person), expect))
    return found


def _is_on(world: World, record: Record, name: str, days: int) -> bool:
    """Whether the time `name` of a record falls so many days after today, at its location."""
    location, moment = record.number("BusinessId"), record.moment(name)
    day = world.local_day(location, world.now()) + timedelta(days=days)
    return moment is not None and world.local_day(location, moment) == day
