"""What a person did at the kiosk is in Nexudus once, with the right times, whatever happens on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kiosk.assembly import open_state
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason
from kiosk.desk.queue import UploadState
from kiosk.sandbox.entities import CHECKINS, COWORKERS
from kiosk.sandbox.seed import SIGN_IN
from kiosk.setting_up.steps import LocationUnclear, set_up
from tests.road import Road

ZOE = "Zoë Lindqvist"
TOMAS = "Tomás Rey"
LAPSED = "Teo Marchetti"


async def came(road: Road, name: str) -> Outcome:
    """Somebody types their code and is welcomed."""
    outcome = await road.desk.present(road.typed(name))
    assert outcome.kind is OutcomeKind.WELCOME
    return outcome


async def left(road: Road, name: str) -> Outcome:
    """Somebody types their code and says that they leave."""
    outcome = await road.desk.present(road.typed(name).leaving())
    assert outcome.kind is OutcomeKind.GOODBYE
    return outcome


def state_of(road: Road, event: UUID | None) -> UploadState:
    assert event is not None
    entry = road.state.ledger.entry(event)
    assert entry is not None
    return entry.state


async def test_a_member_is_checked_in_once_with_the_events_id_and_time(road: Road) -> None:
    outcome = await came(road, ZOE)
    assert await road.courier.deliver_due() is None
    (row,) = road.checkins(ZOE)
    assert row.text("SystemId") == str(outcome.event)
    assert row.moment("FromTime") == road.clock.wall.replace(microsecond=0)
    assert row.moment("ToTime") is None
    await road.courier.deliver_due()
    assert len(road.checkins(ZOE)) == 1


async def test_a_member_who_leaves_closes_the_same_record(road: Road) -> None:
    await came(road, ZOE)
    await road.courier.deliver_due()
    road.clock.advance(hours=2)
    await left(road, ZOE)
    await road.courier.deliver_due()
    (row,) = road.checkins(ZOE)
    assert row.moment("ToTime") == road.clock.wall.replace(microsecond=0)


async def test_a_day_offline_is_caught_up_in_order(road: Road) -> None:
    road.server.stop()
    await came(road, ZOE)
    await came(road, TOMAS)
    assert await road.courier.deliver_due() is not None
    road.clock.advance(hours=1)
    await left(road, ZOE)
    road.clock.advance(hours=1)
    again = await came(road, ZOE)
    road.server.start()
    await road.courier.deliver_due()
    first, second = road.checkins(ZOE)
    assert first.moment("ToTime") is not None
    assert second.text("SystemId") == str(again.event)
    assert second.moment("ToTime") is None
    assert road.visit(TOMAS).flag("Arrived")
    assert road.desk.status().waiting == 0


async def test_an_answer_that_is_lost_is_read_back_and_not_sent_again(road: Road) -> None:
    road.world.faults.drop_after_commit = 1
    outcome = await came(road, ZOE)
    await road.courier.deliver_due()
    assert state_of(road, outcome.event) is UploadState.UNKNOWN
    assert await road.courier.deliver_due() is not None, "nothing is sent before it has settled"
    road.clock.advance(seconds=71)
    await road.courier.deliver_due()
    assert state_of(road, outcome.event) is UploadState.DONE
    assert len(road.checkins(ZOE)) == 1


async def test_a_request_that_is_lost_is_sent_again_after_it_has_settled(road: Road) -> None:
    road.world.faults.drop_before_commit = 1
    outcome = await came(road, ZOE)
    await road.courier.deliver_due()
    assert state_of(road, outcome.event) is UploadState.UNKNOWN
    road.clock.advance(seconds=71)
    await road.courier.deliver_due()
    assert state_of(road, outcome.event) is UploadState.DONE
    assert len(road.checkins(ZOE)) == 1


async def test_one_stuck_event_holds_up_nobody_else(road: Road) -> None:
    road.world.faults.drop_after_commit = 1
    stuck = await came(road, ZOE)
    await road.courier.deliver_due()
    other = await came(road, TOMAS)
    later = await left(road, ZOE)
    await road.courier.deliver_due()
    assert state_of(road, other.event) is UploadState.DONE
    assert state_of(road, stuck.event) is UploadState.UNKNOWN
    assert state_of(road, later.event) is UploadState.PENDING


async def test_a_kiosk_that_died_with_a_request_under_way_reads_back_before_it_sends_again(road: Road) -> None:
    outcome = await came(road, ZOE)
    assert outcome.event is not None
    await road.courier.deliver_due()
    road.state.ledger.sending(outcome.event, {}, road.clock.now())
    road.state.store.close()
    road.clock.reboot()
    with open_state(road.settings) as state:
        restarted = road.restart(state)
        assert state_of(restarted, outcome.event) is UploadState.UNKNOWN
        road.clock.advance(seconds=71)
        await restarted.courier.deliver_due()
        assert state_of(restarted, outcome.event) is UploadState.DONE
        await restarted.nexudus.client.aclose()
        assert len(road.checkins(ZOE)) == 1


async def test_somebody_checked_in_elsewhere_meanwhile_is_not_checked_in_twice(road: Road) -> None:
    number = next(row.id for row in road.world.rows(COWORKERS) if row.text("FullName") == ZOE)
    house = road.desk.house()
    road.world.add(
        CHECKINS,
        "front desk",
        {"CoworkerId": number, "BusinessId": house.id, "FromTime": road.clock.wall - timedelta(minutes=3), "Source": 1},
    )
    outcome = await came(road, ZOE)
    await road.courier.deliver_due()
    (row,) = road.checkins(ZOE)
    assert outcome.event is not None
    assert (entry := road.state.ledger.entry(outcome.event)) is not None
    assert entry.remote_id == row.id


async def test_a_refusal_is_a_dead_letter_with_nexuduss_own_words(road: Road) -> None:
    outcome = await came(road, LAPSED)
    await road.courier.deliver_due()
    assert state_of(road, outcome.event) is UploadState.REFUSED
    told = await road.desk.word_on(outcome)
    assert told.kind is OutcomeKind.REFUSED
    assert "valid time pass" in told.word.message
    assert road.desk.status().refused == 1
    road.clock.advance(minutes=5)
    assert (await road.desk.present(road.typed(LAPSED))).kind is OutcomeKind.WELCOME, "refused is not in"


async def test_what_is_taken_back_before_it_is_sent_is_never_sent(road: Road) -> None:
    outcome = await came(road, ZOE)
    assert outcome.event is not None
    assert (await road.desk.undo(outcome.event)).kind is OutcomeKind.UNDONE
    await road.courier.deliver_due()
    assert road.checkins(ZOE) == []
    assert state_of(road, outcome.event) is UploadState.UNDONE
    assert road.desk.status().waiting == 0


async def test_a_check_in_that_was_sent_is_taken_back_there(road: Road) -> None:
    outcome = await came(road, ZOE)
    await road.courier.deliver_due()
    assert outcome.event is not None
    await road.desk.undo(outcome.event)
    await road.courier.deliver_due()
    assert road.checkins(ZOE) == []
    assert state_of(road, outcome.event) is UploadState.UNDONE


async def test_a_check_out_that_is_taken_back_leaves_the_person_in(road: Road) -> None:
    await came(road, ZOE)
    await road.courier.deliver_due()
    road.clock.advance(hours=1)
    out = await left(road, ZOE)
    await road.courier.deliver_due()
    assert out.event is not None
    await road.desk.undo(out.event)
    await road.courier.deliver_due()
    (row,) = road.checkins(ZOE)
    assert row.moment("ToTime") is None
    road.clock.advance(minutes=5)
    assert (await road.desk.present(road.typed(ZOE))).kind is OutcomeKind.ALREADY_IN


async def test_a_visitor_arrives_and_leaves_and_nothing_else_of_the_record_changes(road: Road) -> None:
    before = road.visit(TOMAS)
    await came(road, TOMAS)
    await road.courier.deliver_due()
    arrived = road.visit(TOMAS)
    assert arrived.flag("Arrived")
    assert arrived.moment("ArrivalDate") == road.clock.wall.replace(microsecond=0)
    assert (arrived.text("Email"), arrived.number("CoworkerId")) == (before.text("Email"), before.number("CoworkerId"))
    road.clock.advance(hours=1)
    await left(road, TOMAS)
    await road.courier.deliver_due()
    assert road.visit(TOMAS).moment("DepartureDate") == road.clock.wall.replace(microsecond=0)


async def test_a_visit_is_taken_back(road: Road) -> None:
    outcome = await came(road, TOMAS)
    await road.courier.deliver_due()
    assert outcome.event is not None
    await road.desk.undo(outcome.event)
    await road.courier.deliver_due()
    assert not road.visit(TOMAS).flag("Arrived")
    assert road.visit(TOMAS).moment("ArrivalDate") is None


async def test_yesterdays_open_check_in_goes_up_closed_at_the_cut_off_of_its_day(road: Road) -> None:
    road.server.stop()
    outcome = await came(road, ZOE)
    road.clock.advance(days=1)
    road.server.start()
    await road.courier.deliver_due()
    assert outcome.event is not None
    assert (entry := road.state.ledger.entry(outcome.event)) is not None
    assert entry.state is UploadState.DONE
    assert entry.note == "end assumed"
    row = next(row for row in road.world.rows(CHECKINS) if row.text("SystemId") == str(outcome.event))
    assert row.moment("ToTime") == datetime(2026, 3, 2, 22, 59, tzinfo=UTC)


async def test_yesterdays_stay_goes_up_with_its_own_end(road: Road) -> None:
    road.server.stop()
    came_in = await came(road, ZOE)
    road.clock.advance(hours=3)
    went = road.clock.wall.replace(microsecond=0)
    out = await left(road, ZOE)
    road.clock.advance(days=1)
    road.server.start()
    await road.courier.deliver_due()
    row = next(row for row in road.world.rows(CHECKINS) if row.text("SystemId") == str(came_in.event))
    assert row.moment("ToTime") == went
    assert state_of(road, out.event) is UploadState.DONE


async def test_a_right_that_is_missing_holds_up_only_whom_it_concerns(road: Road) -> None:
    taken_back = await came(road, ZOE)
    await road.courier.deliver_due()
    road.world.deny(SIGN_IN.email, "Checkin-Delete")
    assert taken_back.event is not None
    await road.desk.undo(taken_back.event)
    later = await came(road, TOMAS)
    await road.courier.deliver_due()
    assert state_of(road, later.event) is UploadState.DONE
    assert road.desk.status().waiting == 1


async def test_what_is_taken_back_while_its_answer_is_missing_is_not_sent_again(road: Road) -> None:
    road.world.faults.drop_before_commit = 1
    outcome = await came(road, ZOE)
    await road.courier.deliver_due()
    assert outcome.event is not None
    await road.desk.undo(outcome.event)
    road.clock.advance(seconds=71)
    await road.courier.deliver_due()
    assert road.checkins(ZOE) == []
    assert state_of(road, outcome.event) is UploadState.UNDONE
    assert road.desk.status().waiting == 0


async def test_a_request_that_may_be_under_way_settles_before_anything_is_sent(road: Road) -> None:
    outcome = await came(road, ZOE)
    assert outcome.event is not None
    road.state.ledger.sending(outcome.event, {}, road.clock.now())
    assert await road.courier.deliver_due() is not None
    assert road.checkins(ZOE) == []
    road.clock.advance(seconds=71)
    await road.courier.deliver_due()
    assert len(road.checkins(ZOE)) == 1


async def test_nothing_is_said_while_nexudus_asks_for_quiet(road: Road) -> None:
    road.world.faults.refuse_writes_with = 429
    await came(road, ZOE)
    assert await road.courier.deliver_due() is not None
    road.world.faults.refuse_writes_with = None
    assert (await road.courier.deliver_due() or 0) > 0.5, "another wake does not shorten it"
    assert road.checkins(ZOE) == []


async def test_the_queue_holds_nothing_of_a_visitors_record(road: Road) -> None:
    road.world.faults.drop_after_commit = 1
    await came(road, TOMAS)
    await road.courier.deliver_due()
    record = road.visit(TOMAS)
    files = [file for file in road.settings.state.folder.rglob("*") if file.is_file()]
    kept = b"".join(file.read_bytes() for file in files)
    assert not any(secret.encode() in kept for secret in (record.text("VisitorCode"), record.text("Email")))


async def test_a_stay_of_yesterday_does_not_stand_in_todays_way(road: Road) -> None:
    await came(road, ZOE)
    await road.courier.deliver_due()
    road.clock.advance(days=1)
    assert (await road.desk.present(road.typed(ZOE))).kind is OutcomeKind.WELCOME


async def test_a_visitor_who_has_just_left_does_not_come_in_with_the_same_code(road: Road) -> None:
    await came(road, TOMAS)
    await left(road, TOMAS)
    outcome = await road.desk.present(road.typed(TOMAS))
    assert outcome.reason is Reason.USED


async def test_a_kiosk_with_events_waiting_is_not_set_up_elsewhere(road: Road) -> None:
    road.server.stop()
    await came(road, ZOE)
    road.server.start()
    with pytest.raises(LocationUnclear, match="1 events of Harbour Works wait"):
        await set_up(
            road.settings, road.state, SIGN_IN.email, SIGN_IN.password, "Harbour Works Norte", None, lambda line: None
        )
    await road.courier.deliver_due()
    await set_up(
        road.settings, road.state, SIGN_IN.email, SIGN_IN.password, "Harbour Works Norte", None, lambda line: None
    )
    assert road.desk.house().name == "Harbour Works Norte"
