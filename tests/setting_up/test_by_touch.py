"""The steps of setting up by touch: what each says when it cannot be done."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.assembly import open_state
from kiosk.control.protocol import SignInAgain
from kiosk.desk.provisioning import AccountSeen, Credentials, Hindrance, Leg, NotDone, Obstacle, Passing
from kiosk.desk.staff import NotPossible, SignInRefused
from kiosk.loop_thread import LoopThread
from kiosk.nexudus import reach
from kiosk.nexudus.permissions import Standing
from kiosk.sandbox.seed import SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.switches import switch
from kiosk.setting_up.by_touch import _HELD, _LEGS, _OBSTACLES, _PASSINGS, FirstStart, SignInByTouch
from kiosk.settings import NexudusSettings, Settings, StateSettings

MEANT = Credentials(SIGN_IN.email, SIGN_IN.password)


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(seeded_world(60)) as server:
        yield server


@pytest.fixture
def aside() -> Iterator[LoopThread]:
    with LoopThread("set-up") as aside:
        yield aside


@pytest.fixture
def settings(tmp_path: Path, server: SandboxServer) -> Settings:
    return Settings(
        nexudus=NexudusSettings(url=server.url),
        state=StateSettings(folder=tmp_path / "state", key_file=tmp_path / "pin.key"),
    )


async def sign_in(first: FirstStart) -> AccountSeen:
    return await first.sign_in(MEANT)


def test_whatever_nexudus_finds_has_a_word_of_the_desk() -> None:
    assert _OBSTACLES.keys() == set(reach.Obstacle)
    assert _LEGS.keys() == set(reach.Step)
    assert _PASSINGS.keys() == set(reach.Passage)
    assert _HELD.keys() == set(Standing)


async def test_the_way_is_told_leg_by_leg_and_a_wrong_address_at_once(settings: Settings, aside: LoopThread) -> None:
    first = FirstStart(settings, aside)
    way = await first.explore(first.usual_address)
    assert way.is_open
    assert [passage.leg for passage in way.passages] == list(Leg)
    assert not way.clock_is_wrong

    with pytest.raises(NotDone) as refused:
        await first.explore("http://nexudus.example")
    assert refused.value.reason is Hindrance.ADDRESS


async def test_a_web_page_in_place_of_nexudus_is_somebody_else(
    settings: Settings, server: SandboxServer, aside: LoopThread
) -> None:
    switch(server.world, "web-page")
    way = await FirstStart(settings, aside).explore(server.url)
    assert not way.is_open
    assert [one.obstacle for one in way.passages if one.passing is Passing.STOPPED] == [Obstacle.SOMEBODY_ELSE]


async def test_a_clock_that_is_off_is_told_though_the_way_is_open(
    settings: Settings, server: SandboxServer, aside: LoopThread
) -> None:
    switch(server.world, "clock=7200")
    way = await FirstStart(settings, aside).explore(server.url)
    assert way.is_open
    assert way.clock_is_wrong


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("fail=503", Hindrance.NO_ANSWER),
        ("throttle=60", Hindrance.BUSY),
        ("web-page", Hindrance.NO_ANSWER),
    ],
)
async def test_a_sign_in_that_meets_a_fault_says_which(
    settings: Settings, server: SandboxServer, aside: LoopThread, fault: str, reason: Hindrance
) -> None:
    switch(server.world, fault)
    with pytest.raises(NotDone) as refused:
        await sign_in(FirstStart(settings, aside))
    assert refused.value.reason is reason
    assert SIGN_IN.password not in repr(refused.value)


async def test_a_location_that_nobody_signed_in_for_cannot_be_chosen(settings: Settings, aside: LoopThread) -> None:
    with pytest.raises(NotDone) as refused:
        await FirstStart(settings, aside).settle(1, lambda read, total: None)
    assert refused.value.reason is Hindrance.PLACE


async def test_another_terminal_can_use_the_state_between_two_steps(settings: Settings, aside: LoopThread) -> None:
    first = FirstStart(settings, aside)
    account = await sign_in(first)
    with open_state(settings) as state:
        assert not state.site.ready
        with pytest.raises(NotDone) as refused:
            await first.look_again()
        assert refused.value.reason is Hindrance.DISK
    assert not await first.is_ready()
    await first.settle(account.places[0].id, lambda read, total: None)
    assert await first.is_ready()
    assert FirstStart(settings, aside).usual_email == SIGN_IN.email


async def test_work_aside_is_cancelled_with_the_wait_for_it(aside: LoopThread) -> None:
    ended = asyncio.Event()
    here = asyncio.get_running_loop()

    async def for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            here.call_soon_threadsafe(ended.set)

    waiting = asyncio.ensure_future(aside.carry_out(for_ever()))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await asyncio.wait_for(ended.wait(), 30)
    assert waiting.cancelled()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (SignInRefused("no", wants_code=True), Hindrance.CODE_WANTED),
        (SignInRefused("no"), Hindrance.REFUSED),
        (NotPossible("not now"), Hindrance.UNREACHED),
    ],
)
async def test_a_new_sign_in_of_a_running_kiosk_says_what_it_wants(error: Exception, reason: Hindrance) -> None:
    def refuse(request: SignInAgain) -> str:
        raise error

    with pytest.raises(NotDone) as refused:
        await SignInByTouch(refuse).sign_in(MEANT)
    assert refused.value.reason is reason
