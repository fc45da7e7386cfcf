"""Whatever happens, in whatever order: what a person was told of is in Nexudus once, at its time and in its order, or
is a dead letter that staff can see."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.sync.lives import Life, Template
from tests.sync.lobby_day import SELDOM, LoopClock, prepare, without_threads
from tests.sync.test_outbox_simulation import STORM, say
from tests.sync.weather import FINE, Weather

BROKEN = Weather(broken=0.3, unanswered=0.2)
SLOW = Weather(late=0.4)
LOSSY = Weather(lost=0.5)
WEATHERS = st.sampled_from([FINE, STORM, BROKEN, SLOW, LOSSY])
WHO = st.integers(0, 6)
PAUSES = st.sampled_from([0.2, 5.0, 30.0, 120.0])


class People(RuleBasedStateMachine):
    """People come and go, and everything that can goes wrong."""

    template: Template
    folders: Iterator[Path]
    steps = walk_ins = walk_ins_left = 0

    @initialize(seed=st.integers(0, 2**16), weather=WEATHERS)
    def open(self, seed: int, weather: Weather) -> None:
        self.life = Life(self.template, next(self.folders), seed)
        self.life.change_weather(weather)

    @rule(who=WHO, then=PAUSES)
    def somebody_comes_or_goes(self, who: int, then: float) -> None:
        self.life.comes_or_goes(who)
        self.life.passes(then)

    @rule(people=st.lists(WHO, min_size=2, max_size=6), apart=PAUSES)
    def several_come_or_go(self, people: list[int], apart: float) -> None:
        for who in people:
            self.life.comes_or_goes(who)
            self.life.passes(apart)

    @rule(who=WHO)
    def somebody_leaves_who_may_not_be_in(self, who: int) -> None:
        self.life.leaves(who)

    @rule(who=WHO, wait=st.sampled_from([0.0, 0.3, 4.0]))
    def somebody_changes_their_mind(self, who: int, wait: float) -> None:
        self.life.comes_or_goes(who)
        self.life.passes(wait)
        self.life.undo()

    @rule(who=WHO, then=PAUSES)
    def somebody_registers(self, who: int, then: float) -> None:
        self.life.registers(who)
        self.life.passes(then)

    @rule(who=WHO, wait=st.sampled_from([0.0, 0.3, 4.0]), again=st.booleans())
    def somebody_registers_and_takes_it_back(self, who: int, wait: float, again: bool) -> None:
        self.life.registers(who)
        self.life.passes(wait)
        self.life.undo()
        if again:
            self.life.registers(who)

    @rule(who=WHO, later=PAUSES)
    def somebody_who_registered_leaves(self, who: int, later: float) -> None:
        self.life.passes(later)
        self.life.walk_in_leaves(who)

    @rule(seconds=st.sampled_from([1.0, 30.0, 80.0, 300.0, 3600.0, 50_000.0]))
    def time_passes(self, seconds: float) -> None:
        self.life.passes(seconds)

    @rule(weather=WEATHERS)
    def the_weather_changes(self, weather: Weather) -> None:
        self.life.change_weather(weather)

    @rule(down=st.booleans())
    def the_line_goes_or_comes(self, down: bool) -> None:
        self.life.change_line(down=down)

    @rule(status=st.sampled_from([409, 429, 500, 503]), calls=st.integers(1, 5))
    def the_service_turns_calls_away(self, status: int, calls: int) -> None:
        self.life.throttle(status, calls)

    @rule(behind=st.sampled_from([0, 0, 3600, 86_400 * 3, 86_400 * 3000]))
    def the_power_goes(self, behind: int) -> None:
        self.life.lose_power(timedelta(seconds=behind))

    def teardown(self) -> None:
        if hasattr(self, "life"):
            faults = self.life.end()
            type(self).steps += self.life.steps
            type(self).walk_ins += self.life.walk_ins
            type(self).walk_ins_left += self.life.walk_ins_left
            assert not faults, "\n".join(faults)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("template")
    return Template(folder, *prepare(folder, LoopClock(), **SELDOM))


def test_every_event_that_a_person_was_told_of_has_come_to_its_end(
    template: Template, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    class Machine(People):
        pass

    long = request.config.getoption("--long")
    Machine.template = template
    Machine.folders = (tmp_path / str(number) for number in itertools.count())
    with without_threads():
        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=200 if long else 10,
                stateful_step_count=60 if long else 30,
                suppress_health_check=list(HealthCheck),
            ),
        )
    say(
        request,
        f"{Machine.steps} codes shown, forms filled in or either taken back, in any order with faults, restarts and "
        f"lost clocks; {Machine.walk_ins} walk-ins were welcomed, and {Machine.walk_ins_left} said goodbye",
    )
    assert Machine.walk_ins_left > 0, "no walk-in has gone the whole way"
