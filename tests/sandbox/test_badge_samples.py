"""The badges of the demonstration belong to whom they say."""

from __future__ import annotations

from kiosk.desk.badges import BadgePlace, PlaceKind
from kiosk.desk.signs import handle_of, read_sign
from kiosk.nexudus.models import Coworker
from kiosk.sandbox.badge_samples import badge_samples
from kiosk.sandbox.entities import COWORKERS
from kiosk.sandbox.seed import seeded_world
from kiosk.sync.translate import badge_handles


def test_there_is_a_badge_of_somebody_who_is_out_and_the_record_names_it() -> None:
    world = seeded_world(members=60)
    sample = badge_samples(world)[0]
    row = next(row for row in world.rows(COWORKERS) if row.text("FullName") == sample.name and row.text("CustomFields"))
    coworker = Coworker.model_validate({"Id": row.id, "CustomFields": row.text("CustomFields")})

    assert read_sign(sample.badge) == sample.badge
    assert badge_handles(coworker, BadgePlace(PlaceKind.CUSTOM_FIELD, "Kiosk badge")) == (handle_of(sample.badge),)
