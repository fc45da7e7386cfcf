"""Badges, from Nexudus to the directory: staff enter a handle, and every kiosk of the location knows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.desk.badges import BadgePlace, PlaceKind
from kiosk.desk.signs import handle_of
from kiosk.nexudus.models import Coworker
from kiosk.sandbox.entities import COWORKERS
from kiosk.sandbox.seed import badge_of
from kiosk.sync.translate import badge_handles
from tests.road import HandClock, open_road

HANDLE, OTHER = "0123456789abcdef", "fedcba9876543210"


async def test_a_kiosk_that_was_set_up_knows_the_badges_of_its_members(tmp_path: Path) -> None:
    async with open_road(tmp_path, HandClock()) as road:
        row = next(row for row in road.world.rows(COWORKERS) if row.text("CustomFields"))

        (found,) = road.state.badges.holders(handle_of(badge_of(0)))

        assert found.id.number == row.id
        assert isinstance(road.state.badges.static(handle_of(badge_of(0))), int)


@pytest.mark.parametrize(
    ("place", "handles"),
    [
        (BadgePlace(PlaceKind.CUSTOM_FIELD, "KIOSK badge"), (HANDLE, OTHER)),
        (BadgePlace(PlaceKind.CUSTOM_FIELD, "Locker"), ()),
        (BadgePlace(PlaceKind.CUSTOM_FIELD, "not there"), ()),
        (BadgePlace(PlaceKind.KEY_FOB), (HANDLE,)),
        (BadgePlace(PlaceKind.ACCESS_CARD), (OTHER,)),
        (BadgePlace(), ()),
    ],
)
def test_handles_are_read_from_where_the_settings_say(place: BadgePlace, handles: tuple[str, ...]) -> None:
    coworker = Coworker.model_validate(
        {
            "Id": 1,
            "KeyFobNumber": HANDLE.upper(),
            "AccessCardId": OTHER,
            "CustomFields": {"Data": [{"Name": "Kiosk Badge", "Value": f"{HANDLE}, {OTHER},"}, {"Name": "Locker"}]},
        }
    )

    assert badge_handles(coworker, place) == handles


@pytest.mark.parametrize(
    "fields",
    [
        {"Kiosk badge": HANDLE},
        {"Data": {"Kiosk badge": HANDLE}},
        [{"Name": "Kiosk badge", "Value": HANDLE}],
        json.dumps([{"Name": "Kiosk badge", "Value": HANDLE}]),
    ],
    ids=["names and values", "below Data", "a list", "JSON text"],
)
def test_custom_fields_are_read_in_every_form_that_they_may_have(fields: object) -> None:
    assert Coworker.model_validate({"Id": 1, "CustomFields": fields}).custom_fields == {"kiosk badge": HANDLE}


@pytest.mark.parametrize(
    "fields", [None, 7, "", "{", "[" * 5000, {"Data": 3}, [1, "x", {"Name": 4}], {"Kiosk badge": True}, {"x": None}]
)
def test_custom_fields_of_no_known_form_say_nothing_and_lose_nobody(fields: object) -> None:
    coworker = Coworker.model_validate({"Id": 1, "FullName": "Jo", "CustomFields": fields})

    assert badge_handles(coworker, BadgePlace(PlaceKind.CUSTOM_FIELD, "Kiosk badge")) == ()
    assert coworker.full_name == "Jo"


def test_what_is_no_handle_is_passed_over() -> None:
    coworker = Coworker(id=1, key_fob_number=SecretStr("04:A1:B2:C3"))

    assert badge_handles(coworker, BadgePlace(PlaceKind.KEY_FOB)) == ()
