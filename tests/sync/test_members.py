"""The passes over the members: who has changed is known soon, who has gone by the next morning, and no broken list
takes anybody out."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.assembly import errands_for
from kiosk.desk.directory import MemberListing
from kiosk.desk.people import Member
from kiosk.nexudus.assumptions import MAX_PAGE_SIZE
from kiosk.nexudus.errors import NeverSent
from kiosk.nexudus.models import Coworker
from kiosk.sandbox.entities import BUSINESSES, COWORKERS
from kiosk.sandbox.schema import Value
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.world import ChangedFilter
from kiosk.setting_up.steps import set_up
from kiosk.settings import MembersReading, Settings
from kiosk.sync.link import LinkWatch
from kiosk.sync.members import PAGE_PAUSE, WHOLE_PASS_PER_PAGE, MemberPasses
from kiosk.sync.pace import Sleep
from kiosk.sync.timetable import Pass
from tests.road import LOCATION, HandClock, Road, open_road
from tests.sync.test_delivery import ZOE
from tests.sync.visiting import look_up

NIA_PIN = "31337"
TWO_PAGES = 1100


@pytest.fixture
async def crowd(tmp_path: Path) -> AsyncIterator[Road]:
    """A kiosk of a space with more members than fit on a page."""
    async with open_road(tmp_path, HandClock(), members=TWO_PAGES) as road:
        yield road


def passes(road: Road, sleep: Sleep | None = None, settings: Settings | None = None) -> MemberPasses:
    """The passes of a kiosk that has just been started, which wait for nothing unless told how."""

    async def at_once(_seconds: float) -> None:
        """Time does not matter here."""

    link = LinkWatch()
    wanted = settings or road.settings
    return errands_for(road.nexudus, wanted, road.state, road.clock, link, sleep=sleep or at_once).members


def join(road: Road) -> int:
    """Nia becomes a member; answers her number."""
    location = next(row.id for row in road.world.rows(BUSINESSES) if row.text("Name") == LOCATION)
    joined: dict[str, Value] = {
        "FullName": "Nia Joined",
        "Email": "nia@harbourworks.test",
        "AccessPincode": NIA_PIN,
        "Active": True,
        "Businesses": (location,),
        "InvoicingBusinessId": location,
        "CoworkerType": 1,
    }
    return road.world.add(COWORKERS, "front desk", joined).id


def number_of(road: Road, name: str) -> int:
    return next(row.id for row in road.world.rows(COWORKERS) if row.text("FullName") == name)


def known(road: Road, pin: str) -> list[str]:
    """The names of those who can check in here with a PIN."""
    found: list[Member] = list(road.state.directory.members_with(pin))
    return [member.name for member in found]


async def test_who_has_joined_is_known_after_the_next_pass(road: Road) -> None:
    road.clock.advance(minutes=15)
    join(road)
    road.clock.advance(minutes=15)

    assert await passes(road).read() is Pass.CHANGES
    assert known(road, NIA_PIN) == ["Nia Joined"]
    assert road.state.directory.as_of == road.clock.wall


@pytest.mark.parametrize(
    "change",
    [{"Active": False}, {"Archived": True}, {"AccessPincode": None}],
    ids=["inactive", "archived", "without a PIN"],
)
async def test_who_may_not_check_in_any_more_is_out_after_the_next_pass(road: Road, change: dict[str, Value]) -> None:
    pin = road.code_of(ZOE)
    road.clock.advance(minutes=15)
    road.world.edit(COWORKERS, number_of(road, ZOE), "office", change)

    assert await passes(road).read() is Pass.CHANGES
    assert known(road, pin) == []


async def test_a_changed_pin_takes_the_place_of_the_old_one(road: Road) -> None:
    pin = road.code_of(ZOE)
    road.clock.advance(minutes=15)
    road.world.edit(COWORKERS, number_of(road, ZOE), "office", {"AccessPincode": NIA_PIN})

    await passes(road).read()
    assert (known(road, pin), known(road, NIA_PIN)) == ([], [ZOE])


async def test_a_change_that_the_lists_were_slow_to_show_is_not_missed(road: Road) -> None:
    members = passes(road)
    changed = road.clock.wall - timedelta(minutes=4)
    await members.read()
    road.world.edit(COWORKERS, number_of(road, ZOE), "office", {"AccessPincode": NIA_PIN, "UpdatedOn": changed})
    road.clock.advance(minutes=15)

    assert await members.read() is Pass.CHANGES
    assert known(road, NIA_PIN) == [ZOE]


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(hours=-1)], ids=["ahead", "behind"])
async def test_changes_are_told_by_the_clock_of_nexudus_however_far_it_is_from_ours(
    road: Road, ahead: timedelta
) -> None:
    road.server.stop()
    road.world.now = lambda: road.clock.wall + ahead
    road.server.start()
    members = passes(road)
    await members.read_whole()
    for pin in (NIA_PIN, "31338"):
        road.clock.advance(minutes=15)
        road.world.edit(COWORKERS, number_of(road, ZOE), "office", {"AccessPincode": pin})
        road.clock.advance(minutes=10)

        assert await members.read() is Pass.CHANGES
        assert known(road, pin) == [ZOE]


async def test_who_was_deleted_is_out_after_the_night(road: Road) -> None:
    pin, members = road.code_of(ZOE), passes(road)
    await members.read()
    road.world.remove(COWORKERS, number_of(road, ZOE))
    road.clock.advance(minutes=15)

    assert await members.read() is Pass.CHANGES
    assert known(road, pin) == [ZOE]

    road.clock.advance(hours=20)
    assert await members.read() is Pass.WHOLE
    assert known(road, pin) == []
    road.clock.advance(minutes=15)
    assert await members.read() is Pass.CHANGES


async def test_a_kiosk_that_was_off_at_night_makes_up_for_it(road: Road) -> None:
    road.clock.advance(days=1)
    members, made = passes(road), []
    for _ in range(6):
        made.append(await members.read())
        road.clock.advance(minutes=15)

    assert Pass.WHOLE in made
    assert made[-1] is Pass.CHANGES


async def test_where_changes_are_not_to_be_asked_for_each_pass_is_over_everybody(road: Road) -> None:
    nexudus = road.settings.nexudus.model_copy(update={"members_reading": MembersReading.WHOLE})
    members = passes(road, settings=road.settings.model_copy(update={"nexudus": nexudus}))

    assert [await members.read(), await members.read()] == [Pass.WHOLE, Pass.WHOLE]


async def test_a_filter_that_is_ignored_is_found_out_said_once_and_tried_again_the_next_day(
    road: Road, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "kiosk.sync.members")
    road.world.unknowns = replace(road.world.unknowns, changed_filter=ChangedFilter.IGNORED)
    members = passes(road)
    pin = road.code_of(ZOE)
    road.world.remove(COWORKERS, number_of(road, ZOE))

    for _ in range(3):
        road.clock.advance(minutes=15)
        assert await members.read() is Pass.WHOLE
    assert known(road, pin) == []
    road.clock.advance(days=1)
    assert await members.read() is Pass.WHOLE
    assert await members.read() is Pass.WHOLE

    road.world.unknowns = replace(road.world.unknowns, changed_filter=ChangedFilter.HONOURED)
    road.clock.advance(days=1)
    await members.read()
    assert await members.read() is Pass.CHANGES

    said = [record.getMessage() for record in caplog.records if "whole: " not in record.getMessage()]
    assert said == [
        "Nexudus ignores from_Coworker_UpdatedOn: the members are read whole each time, and less often",
        "Nexudus lists the changed members again",
    ]


async def test_long_lists_that_can_only_be_read_whole_are_read_less_often(crowd: Road) -> None:
    members = passes(crowd)
    assert members.least_pause == 0
    crowd.world.unknowns = replace(crowd.world.unknowns, changed_filter=ChangedFilter.IGNORED)

    await members.read()

    assert members.least_pause == 2 * WHOLE_PASS_PER_PAGE


async def test_progress_is_told_page_by_page(crowd: Road) -> None:
    told: list[tuple[int, int | None]] = []

    await passes(crowd).read_whole(lambda read, total: told.append((read, total)))

    total = told[0][1]
    assert told == [(1000, total), (total, total)]


async def test_set_up_says_how_far_it_has_come_with_a_long_list(crowd: Road) -> None:
    told: list[str] = []

    await set_up(crowd.settings, crowd.state, SIGN_IN.email, SIGN_IN.password, LOCATION, None, told.append, crowd.clock)

    assert next(line for line in told if "records" in line).startswith("1000 of 1")


async def test_no_more_than_a_page_of_records_is_held(crowd: Road) -> None:
    held: list[int] = []

    def count(_read: int, _total: int | None) -> None:
        held.append(sum(isinstance(one, Coworker | MemberListing) for one in gc.get_objects()))

    await passes(crowd).read_whole(count)

    # A record and what is made of it, of the page at hand: the first is full, the second nearly empty.
    assert held[0] <= 2 * MAX_PAGE_SIZE
    assert held[1] < MAX_PAGE_SIZE


async def test_a_pass_that_breaks_off_takes_nobody_out_and_counts_for_nothing(crowd: Road) -> None:
    pin, marks, directory = crowd.code_of(ZOE), crowd.state.directory.marks, crowd.state.directory
    crowd.world.remove(COWORKERS, number_of(crowd, ZOE))
    count = directory.member_count
    crowd.clock.advance(minutes=15)

    with pytest.raises(NeverSent):
        await passes(crowd).read_whole(lambda read, total: crowd.server.stop())

    assert known(crowd, pin) == [ZOE]
    assert (directory.marks, directory.member_count) == (marks, count)


async def test_a_page_that_was_lost_is_asked_for_again(crowd: Road) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)
        crowd.clock.advance(seconds=seconds)
        if seconds != PAGE_PAUSE:
            crowd.server.start()

    join(crowd)
    await passes(crowd, wait).read_whole(lambda read, total: crowd.server.stop() if read == 1000 else None)

    assert known(crowd, NIA_PIN) == ["Nia Joined"]
    assert waited[0] == PAGE_PAUSE
    assert 1 <= len(waited[1:]) <= 2, "once for the lost answer, and perhaps once more while nobody calls after it"


async def test_a_list_that_is_suddenly_much_shorter_is_believed_when_a_second_one_says_the_same(
    road: Road, caplog: pytest.LogCaptureFixture
) -> None:
    everybody = list(road.world.rows(COWORKERS))
    count, members = road.state.directory.member_count, passes(road)
    for row in everybody[:80]:
        road.world.remove(COWORKERS, row.id)
    await members.read_whole()
    assert road.state.directory.member_count == count
    assert "a second pass is to confirm it" in caplog.text

    for row in everybody[:30]:  # these were left out by mistake
        road.world.restore(COWORKERS, row)
    road.clock.advance(minutes=15)
    assert await members.read() is Pass.WHOLE

    gone = {row.id for row in everybody[30:80]}
    numbers = set(road.state.directory.member_numbers())
    assert not numbers & gone
    assert number_of(road, ZOE) in numbers
    road.clock.advance(minutes=15)
    assert await members.read() is Pass.CHANGES


async def test_somebody_whose_row_cannot_be_read_is_not_taken_for_gone(road: Road) -> None:
    pin = road.code_of(ZOE)
    road.world.edit(COWORKERS, number_of(road, ZOE), "office", {"Active": "perhaps"})

    await passes(road).read_whole()

    assert known(road, pin) == [ZOE]


async def test_somebody_who_came_back_and_was_looked_up_during_a_pass_stays(crowd: Road) -> None:
    pin, zoe = crowd.code_of(ZOE), number_of(crowd, ZOE)
    before = crowd.world.get(COWORKERS, zoe)
    crowd.world.remove(COWORKERS, zoe)
    crowd.state.directory.change_members((), [zoe])

    async def between_the_pages(_seconds: float) -> None:
        crowd.world.restore(COWORKERS, before)
        await look_up(crowd, crowd.typed(ZOE))

    await passes(crowd, between_the_pages).read_whole()

    assert known(crowd, pin) == [ZOE]


async def test_at_another_location_nobody_of_the_former_one_stays(road: Road) -> None:
    directory = road.state.directory
    norte = next(row for row in road.world.rows(BUSINESSES) if row.text("Name") != LOCATION)
    site = replace(road.state.site, business_id=norte.id, name=norte.text("Name"))
    errands = errands_for(road.nexudus, road.settings, road.state, road.clock, LinkWatch(), site)

    assert await errands.members.read() is Pass.WHOLE

    there = {row.id for row in road.world.rows(COWORKERS) if norte.id in row.ids("Businesses")}
    assert set(directory.member_numbers()) <= there
    assert directory.marks.location == norte.id
