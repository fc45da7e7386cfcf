"""Badges worth holding near on a seeded world, and what each one shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk.sandbox.entities import CHECKINS, COWORKERS
from kiosk.sandbox.schema import Record
from kiosk.sandbox.seed import badge_of
from kiosk.sandbox.world import World

_MOMENTS_AGO = 60.0


@dataclass(frozen=True, slots=True)
class BadgeSample:
    """A badge to try: whose it is, what it says of itself, and what happens."""

    label: str
    name: str
    badge: str
    expect: str


def badge_samples(world: World) -> tuple[BadgeSample, ...]:
    """The badge of somebody who is out and of somebody who is in, as far as the world holds them."""
    holders = [row for row in world.rows(COWORKERS) if row.text("CustomFields") and _counts(row)]
    holders.sort(key=lambda row: row.id)
    since = {
        row.number("CoworkerId"): row.moment("FromTime") for row in world.rows(CHECKINS) if not row.moment("ToTime")
    }
    out = next((row for row in holders if row.id not in since), None)
    inside = next((row for row in holders if _is_in(since.get(row.id), world.now())), None)
    found = []
    if out is not None:
        expect = "In a few seconds: asked by first name whether to check in."
        found.append(BadgeSample("Badge held near", out.text("FullName"), _badge(out), expect))
    if inside is not None:
        expect = "In a few seconds: asked whether to check out."
        found.append(BadgeSample("Badge of who is in", inside.text("FullName"), _badge(inside), expect))
    return tuple(found)


def _badge(member: Record) -> str:
    return badge_of(member.id - COWORKERS.first_id)


def _counts(member: Record) -> bool:
    return member.flag("Active") and not member.flag("Archived")


def _is_in(since: datetime | None, now: datetime) -> bool:
    return since is not None and (now.astimezone(UTC) - since).total_seconds() > _MOMENTS_AGO
