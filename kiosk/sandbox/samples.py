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
from kiosk.text import to_be_said


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
    (to_be_said("Member"), names.NOTABLE[0], to_be_said("Welcomed by name and checked in.")),
    (
        to_be_said("Two members, one PIN"),
        names.SHARING_A_PIN[0],
        to_be_said("Asked for the first letter of the surname: O."),
    ),
    (
        to_be_said("Two members, one PIN"),
        names.SHARING_A_PIN[1],
        to_be_said("Asked for the first letter of the surname: W."),
    ),
    (to_be_said("No valid pass"), names.LAPSED, to_be_said("Nexudus refuses the check-in, and says why.")),
    (to_be_said("A name with brackets"), names.NOTABLE[4], to_be_said("The name is shown exactly as it is written.")),
    (to_be_said("The longest name"), names.LONGEST_NAME, to_be_said("The name still fits the screen.")),
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
        expect = to_be_said("Checked in by the reader. Typed by hand it is no code.")
        found.append(Sample(to_be_said("Access card"), HOLDER, "member", card, "", expect, card))
    for checkin in world.rows(CHECKINS):
        person = world.find(COWORKERS, checkin.number("CoworkerId"))
        if person and checkin.moment("ToTime") is None and _is_on(world, checkin, "FromTime", days=0):
            found.append(
                _member(
                    to_be_said("Member who is in already"),
                    person,
                    to_be_said("Told since when, and asked about leaving."),
                )
            )
            break
    retired = next((person for person in world.rows(COWORKERS) if person.flag("Archived")), None)
    if retired:
        found.append(_member(to_be_said("Former member"), retired, to_be_said("The PIN is not known any more.")))
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
    (
        to_be_said("Visitor expected today"),
        names.VISITORS[1],
        0,
        _bare,
        to_be_said("Welcomed and checked in; the host's name is shown."),
    ),
    (
        to_be_said("Invitation with a web address"),
        names.VISITORS[2],
        0,
        _in_query,
        to_be_said("The code is found in the address."),
    ),
    (
        to_be_said("Another web address"),
        names.VISITORS[3],
        0,
        _in_path,
        to_be_said("The code is the end of the address."),
    ),
    (
        to_be_said("Invitation with an identifier"),
        names.VISITORS[4],
        0,
        _guid,
        to_be_said("The visit is found by its identifier."),
    ),
    (
        to_be_said("The host collects"),
        seed_visitors.HELD,
        0,
        _bare,
        to_be_said("Welcomed, and told that the host comes."),
    ),
    (to_be_said("Go to the host"), seed_visitors.GRANTED, 0, _bare, to_be_said("Welcomed, and told where to go.")),
    (
        to_be_said("Guest of a booking"),
        seed_visitors.OF_A_BOOKING,
        0,
        _guid,
        to_be_said("Welcomed like any other visitor."),
    ),
    (
        to_be_said("Terms to agree to"),
        seed_visitors.TERMS_NOT_AGREED,
        0,
        _bare,
        to_be_said("Asked to agree to the location's terms first."),
    ),
    (
        to_be_said("Waiting for the host"),
        seed_visitors.AWAITING_HOST,
        0,
        _bare,
        to_be_said("Told that the host has yet to approve the visit."),
    ),
    (
        to_be_said("Declined by the host"),
        seed_visitors.REJECTED,
        0,
        _in_query,
        to_be_said("Not checked in, and asked to see reception."),
    ),
    (
        to_be_said("Visitor for tomorrow"),
        seed_visitors.TOMORROW,
        1,
        _bare,
        to_be_said("Told that the visit is on another day."),
    ),
    (
        to_be_said("Visitor of yesterday"),
        seed_visitors.YESTERDAY,
        -1,
        _bare,
        to_be_said("Told that the visit was on another day."),
    ),
    (
        to_be_said("Invited elsewhere"),
        seed_visitors.ELSEWHERE,
        0,
        _bare,
        to_be_said("Told at which location the visit is."),
    ),
    (to_be_said("Visit that has ended"), seed_visitors.GONE, 0, _bare, to_be_said("Told that this visit is over.")),
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
