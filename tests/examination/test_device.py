"""A look at a kiosk from outside: a real state, a real service, and nothing that the look changes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.examination.device import examine
from kiosk.health.findings import Finding, Subject, Verdict, is_well
from kiosk.sandbox.seed import SIGN_IN
from tests.road import LOCATION, HandClock, Road, open_road, settings_for


@pytest.fixture
async def road(tmp_path: Path) -> AsyncIterator[Road]:
    """A kiosk that was set up, and does not run."""
    async with open_road(tmp_path, HandClock()) as road:
        yield road


async def look(road: Road) -> dict[tuple[Subject, str], Finding]:
    """The findings by what they are about."""
    return {(finding.subject, finding.about): finding for finding in await examine(road.settings, road.clock)}


def wrong(findings: dict[tuple[Subject, str], Finding]) -> set[tuple[Subject, str]]:
    return {key for key, finding in findings.items() if finding.verdict is Verdict.WRONG}


def files(road: Road) -> dict[str, bytes]:
    folder = road.settings.state.folder
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


async def test_a_kiosk_as_it_should_be_is_well_in_every_respect(road: Road) -> None:
    found = await look(road)

    assert is_well(found.values())
    assert {subject for subject, _ in found} == set(Subject)
    assert found[Subject.KIOSK, "process"].verdict is Verdict.NOTE
    assert "Signed in as" in found[Subject.SIGN_IN, "account"].said


async def test_a_look_writes_nothing_and_leaves_the_refresh_token_to_the_kiosk(road: Road) -> None:
    road.clock.advance(days=3)  # long past the age at which a kiosk renews
    before, serials = files(road), dict(road.world.refresh_serials)

    assert is_well((await look(road)).values())

    assert (files(road), road.world.refresh_serials) == (before, serials)
    assert await road.nexudus.businesses(), "the kiosk renews with the token that was left to it"
    assert road.world.refresh_serials != serials


async def test_a_missing_right_is_named_with_what_stops_and_what_to_do(road: Road) -> None:
    road.world.deny(SIGN_IN.email, "Checkin-Create")

    found = await look(road)

    assert wrong(found) == {(Subject.PERMISSIONS, "Checkin - Create")}
    missing = found[Subject.PERMISSIONS, "Checkin - Create"]
    assert "cannot be checked in" in missing.said
    assert "Roles" in missing.cure


async def test_after_a_password_reset_the_sign_in_is_wrong_and_the_rights_are_not_verified(road: Road) -> None:
    road.world.reset_password(SIGN_IN.email, "another")

    found = await look(road)

    assert wrong(found) == {(Subject.SIGN_IN, "account")}
    assert "kiosk setup" in found[Subject.SIGN_IN, "account"].cure
    assert found[Subject.PERMISSIONS, "all"].verdict is Verdict.UNVERIFIED


async def test_a_token_that_ran_out_while_the_kiosk_was_off_is_left_to_it(road: Road) -> None:
    road.clock.advance(days=8)

    account = (await look(road))[Subject.SIGN_IN, "account"]

    assert account.verdict is Verdict.WRONG
    assert "Start the kiosk" in account.said
    assert await road.nexudus.businesses()


async def test_an_account_that_lost_the_kiosks_location_is_wrong(road: Road) -> None:
    road.state.sites.save(replace(road.state.site, business_id=1, name="Elsewhere"))

    found = await look(road)

    assert wrong(found) == {(Subject.SIGN_IN, "location")}
    assert "does not see Elsewhere" in found[Subject.SIGN_IN, "location"].said


async def test_without_a_network_the_network_alone_is_wrong(road: Road) -> None:
    road.server.stop()

    found = await look(road)

    assert wrong(found) == {(Subject.NETWORK, "connection")}
    assert found[Subject.SIGN_IN, "account"].verdict is Verdict.UNVERIFIED
    assert found[Subject.CLOCK, "difference"].verdict is Verdict.UNVERIFIED


async def test_a_clock_that_differs_from_that_of_nexudus_is_wrong(road: Road) -> None:
    ahead = HandClock(wall=road.clock.wall + timedelta(minutes=10))

    found = await examine(road.settings, ahead)

    (difference,) = [finding for finding in found if finding.about == "difference"]
    assert difference.verdict is Verdict.WRONG
    assert "10 minutes ahead" in difference.said


async def test_before_it_is_set_up_a_kiosk_is_told_to_be_set_up(tmp_path: Path, road: Road) -> None:
    elsewhere = settings_for(tmp_path / "new", road.server.url)

    found = await examine(elsewhere, road.clock)

    record = next(finding for finding in found if finding.about == "record")
    assert record.verdict is Verdict.WRONG
    assert "kiosk setup" in record.said
    assert not (tmp_path / "new").exists(), "to look makes no state"


async def test_an_address_that_cannot_be_used_is_a_finding(road: Road) -> None:
    nexudus = road.settings.nexudus.model_copy(update={"url": "http://spaces.nexudus.com"})

    found = await examine(road.settings.model_copy(update={"nexudus": nexudus}), road.clock)

    (address,) = [finding for finding in found if finding.subject is Subject.NETWORK]
    assert address.verdict is Verdict.WRONG
    assert "https" in address.said


async def test_whatever_is_wrong_says_what_to_do(road: Road) -> None:
    road.world.deny(SIGN_IN.email, "Coworker-List", "Visitor-Read")
    (road.settings.state.key_file).unlink()
    road.settings.state.folder.chmod(0o755)

    found = await look(road)

    assert len(wrong(found)) == 4
    assert all(found[key].cure for key in wrong(found))
    assert LOCATION in found[Subject.STATE, "record"].said


async def test_where_the_settings_forbid_it_no_right_to_write_is_tried(road: Road) -> None:
    nexudus = road.settings.nexudus.model_copy(update={"try_writing": False})

    found = await examine(road.settings.model_copy(update={"nexudus": nexudus}), road.clock)

    unverified = {finding.about for finding in found if finding.verdict is Verdict.UNVERIFIED}
    assert unverified == {
        "Visitor - Create",
        "Visitor - Edit",
        "Checkin - Create",
        "Checkin - Edit",
        "Checkin - Delete",
    }
    assert is_well(found)
