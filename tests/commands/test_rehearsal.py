"""The demonstration's switches, on a real sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.rehearsal import REVOKED, DemoRehearsal
from kiosk.sandbox.faults import Faults
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.switches import SWITCHES
from kiosk.sandbox.troubles import TROUBLES
from kiosk.sandbox.world import World
from kiosk.sensors.replay import ReplaySource
from kiosk.ui.rehearsal import LINE


@pytest.fixture
def rehearsal(world: World, server: SandboxServer, tmp_path: Path) -> DemoRehearsal:
    return DemoRehearsal(world, server, ReplaySource(None), tmp_path)


def on(rehearsal: DemoRehearsal) -> list[str]:
    return [trouble.key for trouble in rehearsal.troubles() if trouble.on]


@pytest.mark.parametrize("key", [one.key for one in TROUBLES if one.key not in (REVOKED, "expire")])
def test_each_trouble_begins_and_ends(rehearsal: DemoRehearsal, world: World, key: str) -> None:
    rehearsal.switch(key)
    assert on(rehearsal) == [key]
    assert SWITCHES[key].standing(world)
    rehearsal.switch(key)
    assert on(rehearsal) == []
    assert world.faults == Faults()


def test_an_expiry_is_over_at_once(rehearsal: DemoRehearsal, world: World) -> None:
    rehearsal.switch("expire")
    assert world.access_good_from == 1
    assert on(rehearsal) == []


def test_a_sign_in_that_cannot_be_renewed_yet_stays_revoked(rehearsal: DemoRehearsal, world: World) -> None:
    rehearsal.switch(REVOKED)
    assert [user.generation for user in world.users.values()] == [1] * len(world.users)
    rehearsal.switch(REVOKED)  # no kiosk runs that could be asked
    assert on(rehearsal) == [REVOKED]


def test_the_cable_is_pulled_and_put_back(rehearsal: DemoRehearsal, server: SandboxServer) -> None:
    rehearsal.switch(LINE)
    assert on(rehearsal) == [LINE]
    rehearsal.switch(LINE)
    assert on(rehearsal) == []


def test_every_label_fits_the_narrowest_card_and_every_sentence_the_narrowest_glass() -> None:
    assert max(len(one.label) for one in TROUBLES) <= 17
    assert max(len(one.expect) for one in TROUBLES) <= 3 * 38
