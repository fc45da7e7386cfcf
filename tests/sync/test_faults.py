"""Every bad day of Nexudus: people are answered at once and honestly, and afterwards all of it is there, once."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from kiosk.assembly import errands_for
from kiosk.desk.credentials import Via, read_code
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing
from kiosk.desk.ports import Link
from kiosk.nexudus.errors import NexudusError, RoleMissing
from kiosk.nexudus.session import SignIn
from kiosk.sandbox.entities import CHECKINS, COWORKERS
from kiosk.sandbox.faults import ALWAYS, Answers, Throttle
from kiosk.sandbox.schema import Value
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.watch import RequestLine
from kiosk.sandbox.world import World
from kiosk.sync.errands import Errands
from kiosk.sync.link import LinkWatch
from tests.road import Road
from tests.sync.test_courier import at_work
from tests.sync.test_delivery import TOMAS, ZOE, came, left

SIOBHAN = "Siobhán O'Brien"
"""Has been in since this morning, checked in at the front desk, when the fault begins."""


@dataclass(frozen=True)
class Fault:
    """One bad day: how it begins and how it ends."""

    name: str
    begin: Callable[[World], None]
    end: Callable[[World], None]


def setting(name: str, field: str, value: object) -> Fault:
    """A switch of the sandbox, put on and back."""

    def begin(world: World) -> None:
        setattr(world.faults, field, value)

    def end(world: World) -> None:
        setattr(world.faults, field, getattr(type(world.faults)(), field))

    return Fault(name, begin, end)


def lacking(*roles: str) -> Fault:
    return Fault(
        f"without {' and '.join(roles)}",
        lambda world: world.deny(SIGN_IN.email, *roles),
        lambda world: world.deny(SIGN_IN.email),
    )


NOTHING_LEAVES = [
    setting("a web page answers", "web_page_with", 200),
    setting("a web page of a gateway answers", "web_page_with", 502),
    setting("status 500", "fail_with", 500),
    setting("status 502", "fail_with", 502),
    setting("status 503", "fail_with", 503),
    setting("requests are lost", "drop_before_commit", ALWAYS),
    setting("writes fail with 500", "refuse_writes_with", 500),
    setting("409 with Retry-After", "throttle", Throttle(409, 0.01)),
    setting("429 with a phrase", "throttle", Throttle(429, 0.01)),
    lacking("Checkin-Create", "Checkin-Edit", "Visitor-Edit"),
    lacking("Checkin-List", "Visitor-Read"),
]
"""What the kiosk cannot get past: Nexudus hears nothing until it is over."""

SOMETHING_LEAVES = [
    setting("answers are cut short", "answers", Answers.CUT),
    setting("answers are lost", "drop_after_commit", ALWAYS),
    setting("requests are carried out a minute late", "late_seconds", 60.0),
    setting("a slow service", "delay_seconds", 0.1),
    setting("a clock that is an hour ahead", "date_offset_seconds", 3600.0),
    setting("a clock that is a day behind", "date_offset_seconds", -86_400.0),
    Fault("a token that has run out", World.expire_access_tokens, lambda world: None),
    Fault("a token that cannot be renewed", World.revoke_refresh_tokens, lambda world: None),
]
"""What is carried out, sooner or later, whatever the kiosk hears of it."""

every_fault = pytest.mark.parametrize("fault", NOTHING_LEAVES + SOMETHING_LEAVES, ids=lambda fault: fault.name)
what_stops_everything = pytest.mark.parametrize("fault", NOTHING_LEAVES, ids=lambda fault: fault.name)


def came_this_morning(road: Road, name: str) -> datetime:
    """The front desk has checked a member in, an hour ago."""
    since = (road.clock.wall - timedelta(hours=1)).replace(microsecond=0)
    number = next(row.id for row in road.world.rows(COWORKERS) if row.text("FullName") == name)
    values: dict[str, Value] = {"CoworkerId": number, "BusinessId": road.desk.house().id, "FromTime": since}
    road.world.add(CHECKINS, "front desk", values)
    return since


async def people_come_and_go(road: Road) -> list[Outcome]:
    """A member comes, one who was in leaves, and a visitor arrives."""
    return [await came(road, ZOE), await left(road, SIOBHAN), await came(road, TOMAS)]


async def deliver_for_a_while(road: Road) -> None:
    """What a kiosk does in two minutes and a half."""
    for _ in range(2):
        await road.courier.deliver_due()
        road.clock.advance(seconds=71)


async def until_everything_is_there(road: Road) -> None:
    """Deliver, with all the patience it takes."""
    for _ in range(40):
        pause = await road.courier.deliver_due()
        if pause is None:
            return
        await asyncio.sleep(min(pause, 0.2))  # some pauses are by the test's clock, some by the real one
        road.clock.advance(seconds=71)
    raise AssertionError(f"{road.desk.status().waiting} events still wait")


@pytest.fixture
def siobhan_is_in(road: Road) -> datetime:
    return came_this_morning(road, SIOBHAN)


@every_fault
async def test_whatever_is_wrong_everything_arrives_once_with_its_time(
    road: Road, fault: Fault, siobhan_is_in: datetime
) -> None:
    came_at = road.clock.wall.replace(microsecond=0)
    fault.begin(road.world)
    await people_come_and_go(road)
    await deliver_for_a_while(road)
    fault.end(road.world)
    await until_everything_is_there(road)

    (zoe,), (siobhan,), tomas = road.checkins(ZOE), road.checkins(SIOBHAN), road.visit(TOMAS)
    assert (zoe.moment("FromTime"), zoe.moment("ToTime")) == (came_at, None)
    assert (siobhan.moment("FromTime"), siobhan.moment("ToTime")) == (siobhan_is_in, came_at)
    assert (tomas.flag("Arrived"), tomas.moment("ArrivalDate")) == (True, came_at)
    assert (road.desk.status().waiting, road.desk.status().refused) == (0, 0)


@what_stops_everything
async def test_somebody_at_the_glass_is_told_at_once_that_nexudus_will_hear_of_it(road: Road, fault: Fault) -> None:
    fault.begin(road.world)
    outcome = await came(road, ZOE)
    await road.courier.deliver_due()
    told = await road.desk.word_on(outcome)
    assert told.word.standing is Standing.QUEUED
    assert not told.word.message, "nothing of what the network or a server said reaches the glass"
    assert road.checkins(ZOE) == []
    assert road.desk.status().waiting == 1


@pytest.mark.parametrize(
    "fault", [*NOTHING_LEAVES, setting("no answer for an hour", "delay_seconds", 3600.0)], ids=lambda fault: fault.name
)
async def test_an_unknown_code_is_answered_in_time_and_locks_nothing_up(road: Road, fault: Fault) -> None:
    async with at_work(road):
        fault.begin(road.world)
        outcome = await asyncio.wait_for(road.desk.present(read_code("31337", Via.KEYPAD)), 60)
        assert outcome.kind is OutcomeKind.UNKNOWN
        await came(road, ZOE)
    road.server.stop()  # nobody waits out the hour


@what_stops_everything
async def test_a_lobby_where_nothing_can_be_read_still_knows_its_members(road: Road, fault: Fault) -> None:
    errands = errands_beside(road)
    fault.begin(road.world)
    for errand in (errands.members.read, errands.read_visitors, errands.read_presence):
        with contextlib.suppress(NexudusError):
            await errand()
    await came(road, ZOE)
    await came(road, TOMAS)


def errands_beside(road: Road) -> Errands:
    """The reading part of the courier's work, for a test to set going."""
    return errands_for(road.nexudus, road.settings, road.state, road.clock, LinkWatch())


async def test_a_list_that_is_cut_short_forgets_nobody(road: Road) -> None:
    errands = errands_beside(road)
    road.world.faults.answers = Answers.CUT
    for errand in (errands.members.read, errands.read_visitors, errands.read_presence):
        with pytest.raises(NexudusError):
            await errand()
    await came(road, ZOE)
    await came(road, TOMAS)


async def test_a_token_that_has_run_out_is_renewed_without_anybody_noticing(road: Road) -> None:
    road.world.expire_access_tokens()
    outcome = await came(road, ZOE)
    await road.courier.deliver_due()
    assert (await road.desk.word_on(outcome)).word.standing is Standing.CONFIRMED
    assert road.desk.status().link is Link.ONLINE


async def test_a_missing_right_is_told_by_its_name_and_is_no_outage(
    road: Road, caplog: pytest.LogCaptureFixture
) -> None:
    road.world.deny(SIGN_IN.email, "Checkin-Create")
    zoe, tomas = await came(road, ZOE), await came(road, TOMAS)
    await road.courier.deliver_due()
    assert (await road.desk.word_on(zoe)).word.standing is Standing.QUEUED
    assert (await road.desk.word_on(tomas)).word.standing is Standing.CONFIRMED, "it holds up nobody else"
    assert road.desk.status().link is Link.ONLINE
    assert [record.getMessage() for record in caplog.records] == [
        "Nexudus: the account lacks the right Checkin - Create; 'kiosk doctor' says what stops without it"
    ]


async def test_a_right_that_is_missing_for_reading_is_told_by_its_name(road: Road) -> None:
    road.world.deny(SIGN_IN.email, "Coworker-List")
    with pytest.raises(RoleMissing, match="Coworker - List"):
        await errands_beside(road).members.read_whole()


async def test_a_password_reset_costs_one_try_at_renewal_and_never_a_try_at_the_password(
    road: Road, siobhan_is_in: datetime
) -> None:
    asked: list[RequestLine] = []
    road.world.on_request = asked.append
    road.world.reset_password(SIGN_IN.email, SIGN_IN.password)
    await people_come_and_go(road)
    await deliver_for_a_while(road)
    assert road.desk.status().link is Link.SIGN_IN
    assert road.desk.status().waiting == 3
    assert [line.target for line in asked].count("/api/token") == 1

    await road.set_up()
    await until_everything_is_there(road)
    assert len(road.checkins(ZOE)) == 1
    assert road.desk.status().waiting == 0


async def test_a_renewal_whose_answer_is_lost_costs_the_sign_in_and_no_check_in(road: Road) -> None:
    """A refresh token is good for one exchange (contract 1.2): in the end only the password helps."""
    session = road.nexudus.client.session
    road.clock.advance(days=1)
    road.world.faults.answers = Answers.CUT
    await session.access_token()
    road.world.faults.answers = Answers.WHOLE
    road.clock.advance(minutes=2)

    await came(road, ZOE)
    await road.courier.deliver_due()
    assert await session.state() is SignIn.ENDING, "the renewal is refused from now on"
    assert road.desk.status().waiting == 0, "and the old token is good to its end"

    road.clock.advance(days=6)
    await came(road, SIOBHAN)
    await road.courier.deliver_due()
    assert road.desk.status().link is Link.SIGN_IN
    await road.set_up()
    await until_everything_is_there(road)
    assert len(road.checkins(SIOBHAN)) == 1


@pytest.mark.parametrize("seconds", [-86_400.0, 7200.0])
async def test_a_service_with_a_wrong_clock_moves_no_time_of_a_kiosk_whose_own_is_set(
    road: Road, seconds: float
) -> None:
    road.world.faults.date_offset_seconds = seconds
    came_at = road.clock.wall.replace(microsecond=0)
    await came(road, ZOE)
    await road.courier.deliver_due()
    assert [row.moment("FromTime") for row in road.checkins(ZOE)] == [came_at]
