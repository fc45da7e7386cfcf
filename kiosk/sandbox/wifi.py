"""The Wi-Fi codes that visitors are given (contract 3.7)."""

from __future__ import annotations

from datetime import timedelta

from kiosk.sandbox.draws import draw
from kiosk.sandbox.entities import ACCESS_TOKENS, SETTINGS
from kiosk.sandbox.schema import Record
from kiosk.sandbox.world import World

ISSUING = "PublicWebSite.Visitors.CreateAccessTokns"
"""The setting of a location, spelt as the real one."""


def issue_wifi_code(world: World, visitor: Record) -> None:
    """Give a visitor who has arrived a code, where the location does so and there is none yet. To be called in lock."""
    location, guid = visitor.number("BusinessId"), visitor.text("UniqueId")
    issues = any(
        row.number("BusinessId") == location and row.text("Name") == ISSUING and row.text("Value") == "True"
        for row in world.rows(SETTINGS)
    )
    if not issues or any(row.text("VisitorGuid") == guid for row in world.rows(ACCESS_TOKENS)):
        return
    now = world.now()
    world.add(
        ACCESS_TOKENS,
        "system",
        {
            "BusinessId": location,
            "AccessCode": f"HARBOUR-{draw(f'wifi {visitor.id}', 10**6):06d}",
            "Description": "Visitor",
            "MinutesIncluded": 720,
            "MinutesLeft": 720,
            "ValidFrom": now,
            "ValidTo": now + timedelta(hours=12),
            "UserLimit": 1,
            "VisitorGuid": guid,
        },
    )
