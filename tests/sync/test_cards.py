"""Access cards, from Nexudus to the directory."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.nexudus.models import Coworker
from kiosk.sandbox.entities import COWORKERS
from kiosk.sync.translate import member_listing
from tests.road import HandClock, open_road


async def test_a_kiosk_that_was_set_up_knows_the_cards_of_its_members(tmp_path: Path) -> None:
    async with open_road(tmp_path, HandClock()) as road:
        row = next(row for row in road.world.rows(COWORKERS) if row.text("AccessCardId") and row.flag("Active"))
        (found,) = road.state.directory.members_with_card(row.text("AccessCardId"))
        assert found.id.number == row.id
        fob = next(row for row in road.world.rows(COWORKERS) if row.text("KeyFobNumber") and row.flag("Active"))
        (found,) = road.state.directory.members_with_card(fob.text("KeyFobNumber").replace(":", ""))
        assert found.id.number == fob.id


def test_a_member_with_a_card_alone_can_check_in() -> None:
    listing = member_listing(Coworker(id=1, key_fob_number=SecretStr("77")))

    assert listing is not None
    assert listing.cards == ("77",)


@pytest.mark.parametrize("card", [None, SecretStr("")])
def test_who_has_no_number_has_no_card(card: SecretStr | None) -> None:
    listing = member_listing(Coworker(id=1, full_name="Jo", access_card_id=card))

    assert listing is not None
    assert listing.cards == ()
