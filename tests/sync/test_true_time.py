"""A kiosk that has lost the time goes on checking people in, and Nexudus gets the right times all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.assembly import errands_for, open_state
from kiosk.clock import SystemClock
from kiosk.desk.clock import Anchor, ClockQuality, Moment
from kiosk.desk.events import TimeBasis
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.queue import Entry, UploadState
from kiosk.nexudus.errors import NeverSent
from kiosk.sandbox.entities import CHECKINS
from kiosk.sandbox.seed import seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sync.link import LinkWatch
from kiosk.sync.true_time import TimeUnknown, TrueTime
from tests.desk.samples import HandClock as SetClock
from tests.desk.samples import lost, member, moment
from tests.road import HandClock, Road, settings_for
from tests.state.restartable import Restartable
from tests.sync.test_courier import at_work, until_nothing_waits
from tests.sync.test_delivery import TOMAS, ZOE, came, left, state_of

CLOSE = timedelta(seconds=2)
"""How far a corrected time may be off: Nexudus's `Date` has whole seconds, and so has what it is sent."""

LOST = (
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2018, 6, 1, 12, 0, tzinfo=UTC),
    datetime(2026, 2, 27, 17, 40, tzinfo=UTC),
)
"""Where a Pi's clock begins without a network: at zero, where its image was built, where it was switched off."""


@dataclass
class Device(HandClock):
    """A device whose own wall clock can be wrong; `wall` is the true time, which is Nexudus's too.

    Its clock is the real one over these hands.
    """

    folder: Path = field(default_factory=Path)
    shown_at_boot: datetime | None = None
    deaf: bool = False

    def __post_init__(self) -> None:
        self.mark = self.folder / "timesync" / "synchronized"
        self.mark.parent.mkdir(exist_ok=True)
        self.mark.touch()
        self._switch_on()

    def now(self) -> Moment:
        return self._clock.now()

    def learn(self, anchor: Anchor) -> None:
        if not self.deaf:
            self._clock.learn(anchor)

    def lose(self, shown: datetime) -> None:
        """Switch it off and on again after an hour, without a time server: its clock begins anew at `shown`."""
        self.advance(hours=1)
        self.reboot()
        self.mark.unlink(missing_ok=True)
        self.shown_at_boot = shown
        self._switch_on()

    def _shown(self) -> datetime:
        if self.shown_at_boot is None:
            return self.wall
        return self.shown_at_boot + timedelta(seconds=self.since_boot)

    def _switch_on(self) -> None:
        (self.folder / "boot_id").write_text(self.boot)
        self._clock = SystemClock(self.folder / "boot_id", self.mark, self._shown, lambda: self.since_boot)


@dataclass
class Lobby:
    """A kiosk that has been set up with the right time, and the device that it runs on."""

    device: Device
    road: Road

    async def lose_time(self, shown: datetime, *, line: bool = False) -> Road:
        """The device starts again without the time, and without a line unless told."""
        await self.road.nexudus.client.aclose()
        if not line:
            self.road.server.stop()
        self.device.lose(shown)
        self.road = self.road.restart(self.road.state)
        return self.road

    def entry(self, outcome: Outcome) -> Entry:
        """What the kiosk has on record."""
        assert outcome.event is not None
        entry = self.road.state.ledger.entry(outcome.event)
        assert entry is not None
        return entry

    def start_of(self, event: UUID | None) -> datetime:
        """The `FromTime` that Nexudus has of an event."""
        (row,) = [row for row in self.road.world.rows(CHECKINS) if row.text("SystemId") == str(event)]
        start = row.moment("FromTime")
        assert start is not None
        return start


@pytest.fixture
async def lobby(tmp_path: Path) -> AsyncIterator[Lobby]:
    device = Device(folder=tmp_path)
    world = seeded_world(today=device.wall, now=device)
    with SandboxServer(world) as server:
        settings = settings_for(tmp_path, server.url)
        with open_state(settings) as state:
            lobby = Lobby(device, Road(device, world, server, settings, state))
            await lobby.road.set_up()
            yield lobby
            await lobby.road.nexudus.client.aclose()


@pytest.mark.parametrize("shown", LOST, ids=["1970", "2018", "last week"])
async def test_who_comes_before_the_time_is_known_is_in_nexudus_at_the_right_time(
    lobby: Lobby, shown: datetime
) -> None:
    road = await lobby.lose_time(shown)
    true = lobby.device.wall
    outcome = await came(road, ZOE)
    assert lobby.entry(outcome).event.basis is TimeBasis.DOUBTED
    assert await road.courier.deliver_due() is not None
    lobby.device.advance(minutes=20)
    road.server.start()

    await road.courier.deliver_due()

    assert abs(lobby.start_of(outcome.event) - true) < CLOSE
    event = lobby.entry(outcome).event
    assert (event.basis, event.at.quality) == (TimeBasis.ANCHORED, ClockQuality.UNSET)
    assert abs(event.time - true) < CLOSE
    assert lobby.device.now().quality is ClockQuality.SERVER
    (row,) = road.checkins(ZOE)
    assert row.moment("ToTime") is None, "it is today's, so it is still open"


@pytest.mark.parametrize("shown", LOST, ids=["1970", "2018", "last week"])
async def test_a_running_kiosk_finds_the_time_by_itself(lobby: Lobby, shown: datetime) -> None:
    road = await lobby.lose_time(shown)
    true = lobby.device.wall
    member, visitor = await came(road, ZOE), await came(road, TOMAS)
    road.server.start()

    async with at_work(road):
        await until_nothing_waits(road)
        again = await road.desk.present(road.typed(ZOE))

    assert abs(lobby.start_of(member.event) - true) < CLOSE
    arrival = road.visit(TOMAS).moment("ArrivalDate")
    assert arrival is not None
    assert abs(arrival - true) < CLOSE
    assert lobby.entry(visitor).note == ""
    assert again.kind is OutcomeKind.GREETED
    assert again.since is not None
    assert abs(again.since - true) < CLOSE


async def test_a_whole_stay_before_the_time_is_known_goes_up_with_both_its_times(lobby: Lobby) -> None:
    road = await lobby.lose_time(LOST[0])
    began = lobby.device.wall
    outcome = await came(road, ZOE)
    lobby.device.advance(hours=2)
    await left(road, ZOE)
    lobby.device.advance(hours=1)
    road.server.start()

    await road.courier.deliver_due()

    (row,) = road.checkins(ZOE)
    assert row.text("SystemId") == str(outcome.event)
    start, end = row.moment("FromTime"), row.moment("ToTime")
    assert start is not None
    assert end is not None
    assert abs(start - began) < CLOSE
    assert abs(end - start - timedelta(hours=2)) <= timedelta(seconds=1)


async def test_an_answer_that_was_lost_is_recognised_by_the_corrected_time(lobby: Lobby) -> None:
    road = await lobby.lose_time(LOST[0])
    outcome = await came(road, TOMAS)
    road.server.start()
    road.world.faults.drop_after_commit = 1
    await road.courier.deliver_due()
    assert state_of(road, outcome.event) is UploadState.UNKNOWN

    lobby.device.advance(seconds=71)
    await road.courier.deliver_due()

    assert (lobby.entry(outcome).state, lobby.entry(outcome).note) == (UploadState.DONE, "")


async def test_a_boot_that_never_saw_nexudus_is_estimated_between_its_neighbours(lobby: Lobby) -> None:
    before = lobby.device.wall
    await came(lobby.road, TOMAS)
    road = await lobby.lose_time(LOST[0])
    outcome = await came(road, ZOE)
    road = await lobby.lose_time(LOST[0])
    again = lobby.device.wall
    road.server.start()

    await road.courier.deliver_due()

    event = lobby.entry(outcome).event
    assert event.basis is TimeBasis.ESTIMATED
    assert before <= event.time <= again
    assert abs(lobby.start_of(outcome.event) - event.time) < timedelta(seconds=1)
    assert event.correction is not None
    assert event.correction.within is not None


async def test_nothing_is_sent_while_nobody_knows_the_time(lobby: Lobby, caplog: pytest.LogCaptureFixture) -> None:
    lobby.device.deaf = True
    road = await lobby.lose_time(LOST[1], line=True)
    outcome, other = await came(road, ZOE), await came(road, TOMAS)

    await road.courier.deliver_due()

    assert road.checkins(ZOE) == []
    assert not road.visit(TOMAS).flag("Arrived")
    assert (state_of(road, outcome.event), state_of(road, other.event)) == (UploadState.PENDING, UploadState.PENDING)
    said = [record.getMessage() for record in caplog.records if record.name == "kiosk.sync.true_time"]
    assert said == ["nothing is sent: the true time is not known"]


async def test_a_time_server_is_as_good_as_nexudus(lobby: Lobby) -> None:
    lobby.device.deaf = True
    road = await lobby.lose_time(LOST[0])
    true = lobby.device.wall
    outcome = await came(road, ZOE)
    lobby.device.advance(minutes=20)
    lobby.device.shown_at_boot = None
    lobby.device.mark.touch()

    await road.courier.deliver_due()

    assert lobby.entry(outcome).event.time == true, "known here before the line is back"
    assert lobby.entry(outcome).state is UploadState.PENDING


async def test_an_event_that_waits_for_its_next_try_is_corrected_at_once(lobby: Lobby) -> None:
    lobby.device.deaf = True
    road = await lobby.lose_time(LOST[0], line=True)
    outcome = await came(road, ZOE)
    assert await road.courier.deliver_due() is not None
    lobby.device.shown_at_boot = None
    lobby.device.mark.touch()

    assert await road.courier.deliver_due() is not None

    assert lobby.entry(outcome).event.time == lobby.device.wall
    assert lobby.entry(outcome).state is UploadState.PENDING


async def test_an_event_that_no_true_time_can_date_is_not_sent(tmp_path: Path) -> None:
    kiosk = Restartable(tmp_path)
    kiosk.check_in(member(1), moment(boot="now"))
    stray = kiosk.check_in(member(2), lost(boot="of a clock without order"))
    entry = kiosk.ledger.entry(stray)
    assert entry is not None

    async def ask() -> None:
        raise AssertionError("the clock is set")

    with pytest.raises(TimeUnknown):
        await TrueTime(kiosk.ledger, SetClock(moment(boot="now")), ask).with_true_time(entry)
    kiosk.store.close()


async def test_by_a_wrong_clock_nobody_who_is_invited_is_forgotten(lobby: Lobby) -> None:
    road = await lobby.lose_time(LOST[0])
    errands = errands_for(road.nexudus, road.settings, road.state, lobby.device, LinkWatch())
    with pytest.raises(NeverSent):
        await errands.read_visitors()
    road.server.start()
    lobby.device.advance(minutes=1)  # a line that was down is not tried at once

    lobby.device.deaf = True
    for read in (errands.read_visitors, errands.members.read, errands.read_presence):
        with pytest.raises(TimeUnknown):
            await read()
    lobby.device.deaf = False

    assert await errands.read_visitors() > 0
    assert abs(lobby.device.now().wall - lobby.device.wall) < CLOSE
    await came(road, TOMAS)


async def test_a_correction_is_logged_once_by_number_and_without_a_name(
    lobby: Lobby, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "kiosk.sync")
    road = await lobby.lose_time(LOST[0])
    await came(road, ZOE)
    await came(road, TOMAS)
    road.server.start()

    await road.courier.deliver_due()
    await road.courier.deliver_due()

    said = [record.getMessage() for record in caplog.records if record.name == "kiosk.sync.true_time"]
    assert said == ["the clock was wrong; the time of 2 events between number 1 and 2 is corrected"]


async def test_what_may_have_left_before_the_device_was_switched_off_settles_without_the_time(lobby: Lobby) -> None:
    outcome = await came(lobby.road, ZOE)
    assert outcome.event is not None
    ledger = lobby.road.state.ledger
    ledger.sending(outcome.event, {}, lobby.device.now())
    ledger.unanswered(outcome.event, lobby.device.now())
    road = await lobby.lose_time(LOST[0], line=True)
    assert await road.courier.deliver_due() is not None
    assert road.checkins(ZOE) == []

    lobby.device.advance(seconds=71)
    await road.courier.deliver_due()

    assert len(road.checkins(ZOE)) == 1
    assert state_of(road, outcome.event) is UploadState.DONE
