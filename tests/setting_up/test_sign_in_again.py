"""A new sign-in for a kiosk that is running."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.assembly import connect
from kiosk.clock import SystemClock
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import WrongSignIn
from kiosk.sandbox.seed import SIGN_IN
from kiosk.setting_up.sign_in_again import ElsewhereMeant, refuse_to_move, sign_in_again
from kiosk.state.site import Site
from tests.road import HandClock, Road, open_road

SITE = Site("client", "https://spaces.nexudus.com", 7, "Harbour Works")
NEW = "a new password"


@pytest.fixture
async def road(tmp_path: Path) -> AsyncIterator[Road]:
    """A kiosk that was set up, and whose password has been reset since."""
    async with open_road(tmp_path, HandClock()) as road:
        road.world.reset_password(SIGN_IN.email, NEW)
        yield road


def trial(road: Road, tmp_path: Path) -> Nexudus:
    return connect(road.server.url, tmp_path / "aside", road.state.site.client_id, SystemClock())


def kept(road: Road) -> dict[str, bytes]:
    """The sign-in on disk."""
    return {file.name: file.read_bytes() for file in (road.settings.state.folder).glob("tokens-*.json")}


async def test_the_running_session_takes_over_and_keeps_the_new_sign_in(road: Road, tmp_path: Path) -> None:
    before = kept(road)

    await sign_in_again(trial(road, tmp_path), road.nexudus, road.state.site, SIGN_IN.email, NEW, None)

    assert await road.nexudus.businesses()
    after = kept(road)
    assert after.keys() == before.keys()
    assert after != before


async def test_an_account_that_does_not_see_the_location_changes_nothing(road: Road, tmp_path: Path) -> None:
    before = kept(road)
    elsewhere = replace(road.state.site, business_id=1, name="Elsewhere")

    with pytest.raises(ElsewhereMeant, match=r"does not see Elsewhere.*It sees: Harbour Works"):
        await sign_in_again(trial(road, tmp_path), road.nexudus, elsewhere, SIGN_IN.email, NEW, None)

    assert kept(road) == before


async def test_a_wrong_password_changes_nothing(road: Road, tmp_path: Path) -> None:
    before = kept(road)

    with pytest.raises(WrongSignIn):
        await sign_in_again(trial(road, tmp_path), road.nexudus, road.state.site, SIGN_IN.email, "wrong", None)

    assert kept(road) == before


@pytest.mark.parametrize("location", [None, "harbour works ", "7"])
@pytest.mark.parametrize("url", [None, "https://spaces.nexudus.com/"])
def test_the_same_place_may_be_named_or_not(location: str | None, url: str | None) -> None:
    refuse_to_move(SITE, SITE.base_url, location, url)


@pytest.mark.parametrize(("location", "url"), [("Harbour Works Norte", None), (None, "https://example.com")])
def test_another_place_is_refused_with_what_to_do(location: str | None, url: str | None) -> None:
    with pytest.raises(ElsewhereMeant, match=r"end (it|the kiosk) first"):
        refuse_to_move(SITE, SITE.base_url, location, url)
