"""What is changed in Nexudus reaches the kiosk within a day, without anybody in front of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time as day_time

import pytest

from kiosk.desk.house import VisitorWifi
from kiosk.desk.visit_form import Asking
from kiosk.nexudus.errors import NexudusError
from kiosk.sandbox.entities import BUSINESSES, SETTINGS
from kiosk.sandbox.seed import SECOND_LOCATION, SIGN_IN
from kiosk.state.site import SiteStore
from kiosk.sync.link import LinkWatch
from kiosk.sync.location import LOOK_SECONDS, LocationReading
from kiosk.sync.pace import Sleep
from kiosk.sync.true_time import TrueTime
from kiosk.wiring.courier import timetable_of
from tests.conftest import Disk
from tests.road import Road

TERMS = "Legal.VisitorTermsAndConditions"
PHONE = "MobileApp.FrontDesk.Checkin.Fields.PhoneNumber"
CUT_OFF = "Checkin.DailyCutOffTime"
WIFI = "PublicWebSite.Visitors.CreateAccessTokns"


def reading(road: Road, sleep: Sleep = asyncio.sleep) -> LocationReading:
    state = road.state
    times = TrueTime(state.ledger, road.clock, road.nexudus.me)
    timetable = timetable_of(road.settings, state.site.client_id)
    return LocationReading(road.nexudus, road.desk.house, state.sites, times, timetable, LinkWatch(), sleep)


def set_in_nexudus(road: Road, name: str, value: str) -> None:
    here = road.desk.house().id
    row = next(
        row for row in road.world.rows(SETTINGS) if row.text("Name") == name and row.number("BusinessId") == here
    )
    road.world.edit(SETTINGS, row.id, "office", {"Value": value})


class NightAfterNight:
    """Time that passes while the errand sleeps, for a number of sleeps."""

    def __init__(self, road: Road, sleeps: int) -> None:
        self.road = road
        self.left = sleeps
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        if not self.left:
            raise asyncio.CancelledError
        self.left -= 1
        self.slept.append(seconds)
        self.road.clock.advance(seconds=seconds)


async def pass_time(road: Road, sleeps: int) -> NightAfterNight:
    """Run the errand until it has slept so often."""
    time = NightAfterNight(road, sleeps)
    with pytest.raises(asyncio.CancelledError):
        await reading(road, time.sleep).run_for_ever()
    return time


async def test_terms_that_were_changed_are_shown_from_then_on(road: Road) -> None:
    set_in_nexudus(road, TERMS, "Stay with your host.")

    assert await reading(road).read() == ("texts.terms",)

    assert road.desk.house().texts.terms == "Stay with your host."


async def test_the_form_the_wifi_the_name_and_the_time_zone_are_taken_over(road: Road) -> None:
    set_in_nexudus(road, PHONE, "False")
    set_in_nexudus(road, WIFI, "False")
    road.world.edit(
        BUSINESSES, road.desk.house().id, "office", {"Name": "Harbour Works Sur", "ZoneName": "Atlantic/Canary"}
    )

    await reading(road).read()

    house = road.desk.house()
    assert house.visit_form.phone is Asking.NO
    assert house.visitor_wifi is VisitorWifi.NONE
    assert (house.name, str(house.zone)) == ("Harbour Works Sur", "Atlantic/Canary")


async def test_a_new_cut_off_is_taken_over_and_one_that_is_taken_away_is_gone(road: Road) -> None:
    set_in_nexudus(road, CUT_OFF, "20:00")
    assert await reading(road).read() == ("cut_off",)
    assert road.desk.house().cut_off == day_time(20)

    set_in_nexudus(road, CUT_OFF, "")
    await reading(road).read()
    assert road.desk.house().cut_off is None


async def test_what_was_taken_over_outlives_a_restart(road: Road) -> None:
    set_in_nexudus(road, TERMS, "Stay with your host.")
    await reading(road).read()

    assert SiteStore(road.state.store.precious).location.texts.terms == "Stay with your host."


async def test_nothing_is_written_while_nothing_has_changed(road: Road, disk: Disk) -> None:
    disk.fill()  # so a write would be refused

    assert await reading(road).read() == ()


async def test_the_log_names_what_has_changed_and_holds_no_text(road: Road, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "kiosk.sync.location")
    set_in_nexudus(road, TERMS, "Stay with your host.")

    await reading(road).read()
    await reading(road).read()

    assert [record.getMessage() for record in caplog.records] == [
        "the location's settings have changed in Nexudus: texts.terms"
    ]


async def test_what_cannot_be_read_stays_as_it_is(road: Road) -> None:
    before = road.desk.house()
    road.server.stop()

    with pytest.raises(NexudusError):
        await reading(road).read()

    assert road.desk.house() == before


@pytest.mark.parametrize("role", ["BusinessSetting-List", "Business-List"])
async def test_without_a_right_only_what_needs_it_stays(road: Road, role: str) -> None:
    before = road.state.sites.location
    set_in_nexudus(road, TERMS, "Stay with your host.")
    road.world.edit(BUSINESSES, road.desk.house().id, "office", {"Name": "Harbour Works Sur"})
    road.world.deny(SIGN_IN.email, role)

    await reading(road).read()

    after = road.state.sites.location
    assert (after.name == before.name) == (role == "Business-List")
    assert (after.texts == before.texts) == (role == "BusinessSetting-List")


async def test_a_list_without_any_setting_is_not_believed(road: Road) -> None:
    before = road.state.sites.location
    for row in list(road.world.rows(SETTINGS)):
        road.world.remove(SETTINGS, row.id)

    assert await reading(road).read() == ()
    assert road.state.sites.location == before


async def test_the_time_zone_of_another_location_is_not_taken_for_this_ones(road: Road) -> None:
    account = road.world.users[SIGN_IN.email]
    road.world.users[SIGN_IN.email] = replace(account, businesses=(SECOND_LOCATION, road.desk.house().id))
    road.world.edit(BUSINESSES, SECOND_LOCATION, "office", {"ZoneName": "Pacific/Auckland"})

    await reading(road).read()

    assert str(road.desk.house().zone) == "Europe/Madrid"


async def test_a_time_zone_that_this_device_does_not_know_is_not_taken_over(road: Road) -> None:
    road.world.edit(BUSINESSES, road.desk.house().id, "office", {"ZoneName": "Mars/Olympus"})

    assert await reading(road).read() == ()


async def test_a_change_reaches_a_kiosk_that_runs_within_a_day(road: Road) -> None:
    time = NightAfterNight(road, sleeps=2 + int(24 * 3600 / LOOK_SECONDS))

    async def sleep(seconds: float) -> None:
        await time.sleep(seconds)
        if len(time.slept) == 2:  # it has looked after its start
            set_in_nexudus(road, TERMS, "Stay with your host.")

    with pytest.raises(asyncio.CancelledError):
        await reading(road, sleep).run_for_ever()

    assert road.desk.house().texts.terms == "Stay with your host."


async def test_it_is_asked_once_after_the_start_and_once_a_night(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    settings_of = road.nexudus.settings_of

    async def counted(business_id: int) -> dict[str, str]:
        asked.append(road.clock.passed)
        return await settings_of(business_id)

    monkeypatch.setattr(road.nexudus, "settings_of", counted)
    await pass_time(road, sleeps=int(72 * 3600 / LOOK_SECONDS))

    assert len(asked) == 4


async def test_a_look_that_failed_is_repeated_before_the_next_night(road: Road) -> None:
    set_in_nexudus(road, TERMS, "Stay with your host.")
    road.server.stop()
    time = NightAfterNight(road, sleeps=4)

    async def sleep(seconds: float) -> None:
        await time.sleep(seconds)
        if len(time.slept) == 2:  # it has looked in vain
            road.server.start()

    with pytest.raises(asyncio.CancelledError):
        await reading(road, sleep).run_for_ever()

    assert road.desk.house().texts.terms == "Stay with your host."
