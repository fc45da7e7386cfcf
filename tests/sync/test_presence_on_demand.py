"""Who is in is read at once where somebody stands at the kiosk with a phone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kiosk.desk.outcomes import OutcomeKind
from kiosk.desk.people import PersonId, PersonKind
from kiosk.sandbox.entities import CHECKINS, COWORKERS
from kiosk.sandbox.schema import Value
from kiosk.sandbox.seed import FIRST_LOCATION
from tests.road import HandClock, open_road

TILE = 4


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


async def test_a_member_who_used_a_tile_is_in_after_the_next_look(tmp_path: Path, clock: HandClock) -> None:
    async with open_road(tmp_path, clock) as road:
        known = await road.desk.look_elsewhere(None)
        assert known.inside, "the courier is not at work: what is known is there, and nobody waits"
        road.courier._loop = asyncio.get_running_loop()
        before = await road.desk.look_elsewhere(None)
        person = next(
            row
            for row in road.world.rows(COWORKERS)
            if row.text("AccessPincode")
            and row.flag("Active")
            and not row.flag("Archived")
            and row.id not in {one.number for one in before.inside}
            and road.desk._member_name(PersonId(PersonKind.MEMBER, row.id))
        )
        values: dict[str, Value] = {
            "CoworkerId": person.id, "BusinessId": FIRST_LOCATION, "Source": TILE, "FromTime": clock.wall
        }  # fmt: skip
        road.world.add(CHECKINS, "tile", values)

        seen = await road.desk.look_elsewhere(before)
        assert [(one.kind, one.name) for one in seen.outcomes] == [(OutcomeKind.WELCOME, person.text("FullName"))]

        road.server.stop()
        assert (await road.desk.look_elsewhere(seen)).outcomes == (), "what cannot be read stays as it is known"
