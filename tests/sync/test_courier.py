"""The courier's promises to the reception: a true status, a word in time, and help with an unknown code."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from uuid import UUID

import pytest

from kiosk.desk.clock import Moment
from kiosk.desk.credentials import Via, read_code
from kiosk.desk.outcomes import OutcomeKind, Standing
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.ports import Link
from kiosk.sandbox.entities import BUSINESSES, CHECKINS, COWORKERS
from kiosk.sandbox.schema import Value
from kiosk.state.staff import StaffBook
from tests.road import LOCATION, Road
from tests.sync.test_delivery import LAPSED, TOMAS, ZOE, came


@contextlib.asynccontextmanager
async def at_work(road: Road) -> AsyncIterator[None]:
    """The courier at work in this loop, once it has spoken with Nexudus."""
    day = asyncio.create_task(road.courier.run())
    try:
        await until(road, Link.ONLINE)
        yield
    finally:
        day.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await day


async def until(road: Road, link: Link) -> None:
    while road.courier.status().link is not link:
        await asyncio.sleep(0.01)


async def until_nothing_waits(road: Road) -> None:
    while road.courier.status().waiting:
        await asyncio.sleep(0.01)


async def test_the_word_comes_while_the_person_stands_there(road: Road) -> None:
    async with at_work(road):
        outcome = await came(road, ZOE)
        word = await road.courier.word_on(outcome.event, 10) if outcome.event else None
        assert word is not None
        assert word.standing is Standing.CONFIRMED


async def test_a_refusal_comes_with_its_reason(road: Road) -> None:
    async with at_work(road):
        outcome = await came(road, LAPSED)
        word = await road.courier.word_on(outcome.event, 10) if outcome.event else None
        assert word is not None
        assert word.standing is Standing.REFUSED
        assert "valid time pass" in word.message


async def test_with_the_line_down_nobody_waits_for_a_word_that_cannot_come(road: Road) -> None:
    async with at_work(road):
        road.server.stop()
        outcome = await came(road, ZOE)
        assert outcome.event is not None
        word = await asyncio.wait_for(road.courier.word_on(outcome.event, 3600), 30)
        assert word.standing is Standing.QUEUED
        assert road.courier.status().link is Link.OFFLINE
        assert road.courier.status().waiting == 1
        road.server.start()
        await until_nothing_waits(road)
        assert len(road.checkins(ZOE)) == 1


async def test_a_word_that_came_before_anybody_asked_is_not_missed(road: Road) -> None:
    outcome = await came(road, ZOE)
    assert outcome.event is not None
    await road.courier.deliver_due()
    assert (await road.courier.word_on(outcome.event, 0.01)).standing is Standing.CONFIRMED


async def test_somebody_who_joined_a_minute_ago_is_found(road: Road) -> None:
    location = next(row.id for row in road.world.rows(BUSINESSES) if row.text("Name") == LOCATION)
    async with at_work(road):
        joined: dict[str, Value] = {
            "FullName": "Nia Joined",
            "Email": "nia@harbourworks.test",
            "AccessPincode": "31337",
            "Active": True,
            "Businesses": (location,),
            "InvoicingBusinessId": location,
            "CoworkerType": 1,
        }
        road.world.add(COWORKERS, "front desk", joined)
        code = read_code("31337", Via.KEYPAD)
        assert (await road.desk.present(code)).name == "Nia Joined"


async def test_a_camera_never_asks_for_a_members_pin(road: Road) -> None:
    async with at_work(road):
        outcome = await road.desk.present(read_code(road.code_of(ZOE), Via.CAMERA))
        assert outcome.kind is OutcomeKind.UNKNOWN


async def test_an_identifier_that_was_invited_a_minute_ago_is_found(road: Road) -> None:
    visit = road.visit(TOMAS)
    road.state.directory.replace_visitors([])
    async with at_work(road):
        code = read_code(visit.text("UniqueId"), Via.CAMERA)
        outcome = await road.desk.present(code)
        assert outcome.name == TOMAS


async def test_who_came_in_elsewhere_is_asked_here_whether_they_leave(road: Road) -> None:
    number = next(row.id for row in road.world.rows(COWORKERS) if row.text("FullName") == ZOE)
    location = road.desk.house().id
    since = road.clock.wall
    road.world.add(CHECKINS, "front desk", {"CoworkerId": number, "BusinessId": location, "FromTime": since})
    road.clock.advance(minutes=20)
    person = PersonId(PersonKind.MEMBER, number)
    async with at_work(road):
        while not road.is_in(person):
            await asyncio.sleep(0.01)
    assert (await road.desk.present(road.typed(ZOE))).kind is OutcomeKind.ALREADY_IN


async def test_a_password_reset_asks_staff_to_sign_in_and_loses_nothing(road: Road) -> None:
    async with at_work(road):
        for user in list(road.world.users):
            road.world.reset_password(user, "another password")
        outcome = await came(road, ZOE)
        await until(road, Link.SIGN_IN)
        assert outcome.kind is OutcomeKind.WELCOME
        assert road.courier.status().waiting == 1


async def test_trouble_is_logged_once_and_so_is_its_end(road: Road, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "kiosk.sync")
    async with at_work(road):
        road.server.stop()
        await came(road, ZOE)
        await until(road, Link.OFFLINE)
        await came(road, TOMAS)
        road.server.start()
        await until_nothing_waits(road)
    said = [record.getMessage() for record in caplog.records if record.name == "kiosk.sync.link"]
    assert len(said) == 2
    assert said[-1] == "Nexudus is back"
    assert not any(name in line for line in said for name in (ZOE, TOMAS))


async def test_somebody_who_is_forgotten_while_their_request_is_under_way_stops_nobody(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    zoe, tomas = await came(road, ZOE), await came(road, TOMAS)
    sending = road.state.ledger.sending

    def send_and_forget(event: UUID, body: Mapping[str, object], at: Moment) -> None:
        sending(event, body, at)
        if event == zoe.event:
            entry = road.state.ledger.entry(event)
            assert entry is not None
            StaffBook(road.state.ledger).forget(entry.event.intent.person, at, even_waiting=True)

    monkeypatch.setattr(road.state.ledger, "sending", send_and_forget)
    assert await road.courier.deliver_due() is None
    assert [entry.event.id for entry in road.state.ledger.entries()] == [tomas.event]
    assert road.courier.status().waiting == 0
