"""When a badge that is held near acts, and when it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.badges import Freshness, HandsFree, Heard, Trust
from kiosk.desk.proximity import Proximity, Rule, State, Step, Verdict

MARK, AWAY, ROOM = -38, -65, -55
"""dBm: at the mark, across the lobby, and an arm's length away."""

HANDS_FREE = Rule(hands_free=HandsFree.ON)


def badge(number: int = 1, trust: Trust = Trust.PROVES, freshness: Freshness = Freshness.FRESH) -> Heard:
    return Heard(f"{number:016x}", trust, MARK, freshness)


class Lobby:
    """Badges, heard one packet after the other; time stands still unless a badge is heard or somebody waits."""

    def __init__(self, rule: Rule = HANDS_FREE) -> None:
        self.machine = Proximity(rule)
        self.at = 100.0

    def hear(self, level: int, seconds: float, heard: Heard | None = None, every: float = 0.1) -> Iterator[Verdict]:
        heard = heard or badge()
        for _ in range(round(seconds / every)):
            self.at += every
            verdict = self.machine.hear(heard, level, self.at)
            if verdict is not None:
                yield verdict

    def acts(self, level: int, seconds: float, heard: Heard | None = None, every: float = 0.1) -> list[Step]:
        """What was done, without the progress."""
        return [one.step for one in self.hear(level, seconds, heard, every) if one.step is not Step.HOLDING]

    def state(self, number: int = 1) -> State:
        return self.machine.state_of(f"{number:016x}", self.at)


def test_a_badge_that_is_brought_to_the_mark_and_held_acts_once_within_a_second() -> None:
    lobby = Lobby()
    assert lobby.acts(AWAY, 3) == []
    arrived = lobby.at

    seen = list(lobby.hear(MARK, 1.5))

    assert [one.step for one in seen if one.step is not Step.HOLDING] == [Step.ACT]
    shares = [one.share for one in seen]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert (len(seen) - 1) * 0.1 + 0.5 <= 1.1, "half the window, and the dwell"
    assert lobby.at > arrived


@pytest.mark.parametrize(
    ("trust", "rule", "step"),
    [
        (Trust.PROVES, HANDS_FREE, Step.ACT),
        (Trust.PROVES, Rule(), Step.ASK),
        (Trust.ASKS, HANDS_FREE, Step.ASK),
        (Trust.ASKS, Rule(), Step.ASK),
    ],
)
def test_only_a_badge_that_proves_itself_acts_without_a_tap_and_only_where_that_is_set(
    trust: Trust, rule: Rule, step: Step
) -> None:
    lobby = Lobby(rule)
    lobby.acts(AWAY, 3, badge(trust=trust))

    assert lobby.acts(MARK, 2, badge(trust=trust)) == [step]


def test_the_states_follow_each_other() -> None:
    lobby = Lobby()
    seen = [lobby.state()]
    for level, seconds in ((AWAY, 3), (ROOM + 1, 1.5), (MARK, 0.7), (MARK, 1), (AWAY, 4), (AWAY, 60)):
        lobby.acts(level, seconds)
        seen.append(lobby.state())

    assert seen == [
        State.FAR, State.FAR, State.APPROACHING, State.NEAR, State.CHECKED, State.COOLDOWN, State.FAR
    ]  # fmt: skip


def test_a_badge_that_only_comes_into_the_room_does_nothing() -> None:
    lobby = Lobby()

    assert lobby.acts(AWAY, 3) + lobby.acts(ROOM, 20) + lobby.acts(AWAY, 3) == []


def test_one_loud_packet_or_three_are_no_badge_that_is_held() -> None:
    lobby = Lobby()
    lobby.acts(AWAY, 3)
    for _ in range(20):
        assert lobby.acts(MARK, 0.3) + lobby.acts(AWAY, 0.7) == []


def test_a_badge_that_was_as_near_all_along_has_not_arrived() -> None:
    lobby = Lobby()
    lobby.machine.in_use(lobby.at)
    for _ in range(20):
        assert lobby.acts(MARK, 1) == []
        lobby.machine.in_use(lobby.at)

    assert lobby.acts(MARK, 30) == []


def test_a_badge_left_on_the_counter_acts_once() -> None:
    lobby = Lobby()
    lobby.acts(AWAY, 3)

    assert lobby.acts(MARK, 900, every=0.25) == [Step.ACT]
    assert lobby.state() is State.CHECKED


def test_bodies_that_pass_between_do_not_make_it_act_again() -> None:
    lobby = Lobby()
    lobby.acts(AWAY, 3)
    assert lobby.acts(MARK, 2) == [Step.ACT]
    for _ in range(10):
        assert lobby.acts(MARK - 20, 1.5) + lobby.acts(MARK, 20) == []


@pytest.mark.parametrize("seconds_away", [4, 30, 55])
def test_within_a_minute_it_does_not_act_again_wherever_it_has_been(seconds_away: float) -> None:
    lobby = Lobby()
    lobby.acts(AWAY, 3)
    assert lobby.acts(MARK, 1.5) == [Step.ACT]
    lobby.acts(AWAY, seconds_away)

    assert lobby.acts(MARK, 2) == []


def test_after_a_minute_it_acts_again_if_it_has_been_away() -> None:
    lobby = Lobby()
    lobby.acts(AWAY, 3)
    assert lobby.acts(MARK, 1.5) == [Step.ACT]
    lobby.acts(AWAY, 61)

    assert lobby.acts(MARK, 2) == [Step.ACT]


def test_silence_is_away_as_well() -> None:
    lobby = Lobby()
    lobby.acts(AWAY, 3)
    assert lobby.acts(MARK, 1.5) == [Step.ACT]
    lobby.at += 61

    assert lobby.acts(MARK, 2) == [Step.ACT]


def test_a_question_without_an_answer_comes_again_as_soon_as_the_badge_has_been_away() -> None:
    lobby = Lobby(Rule())
    lobby.acts(AWAY, 3)
    assert lobby.acts(MARK, 1.5) == [Step.ASK]
    assert lobby.state() is State.PROMPTED
    lobby.machine.unanswered(badge().handle)

    assert lobby.acts(MARK, 20) == []
    lobby.acts(AWAY, 12)
    assert lobby.acts(MARK, 2) == [Step.ASK]


def test_nothing_acts_while_somebody_uses_the_screen_and_for_three_seconds_after() -> None:
    lobby = Lobby()
    lobby.acts(AWAY, 3)
    lobby.machine.in_use(lobby.at)

    assert lobby.acts(MARK, 2.9) == []
    assert lobby.acts(MARK, 1.0) == [Step.ACT]


def test_a_touch_while_it_is_held_begins_anew() -> None:
    lobby = Lobby()
    lobby.acts(AWAY, 3)
    assert list(lobby.hear(MARK, 0.8))[-1].step is Step.HOLDING
    lobby.machine.in_use(lobby.at)

    assert lobby.acts(MARK, 2) == []


def test_a_token_that_has_acted_does_not_act_again_and_is_still_there() -> None:
    lobby = Lobby()
    lobby.acts(AWAY, 3)
    assert lobby.acts(MARK, 1.5) == [Step.ACT]

    assert lobby.acts(MARK, 120, badge(freshness=Freshness.USED)) == []
    assert lobby.acts(MARK, 2) == [], "it has not been away meanwhile"


def test_a_recorded_token_never_acts() -> None:
    lobby = Lobby()
    lobby.acts(AWAY, 3, badge(freshness=Freshness.USED))

    assert lobby.acts(MARK, 10, badge(freshness=Freshness.USED)) == []


def both(lobby: Lobby, levels: Iterable[int], seconds: float) -> list[tuple[Step, str]]:
    """Hear a badge at each of these levels at once, for some seconds."""
    done: list[tuple[Step, str]] = []
    for _ in range(round(seconds * 10)):
        lobby.at += 0.1
        for number, level in enumerate(levels, 1):
            verdict = lobby.machine.hear(badge(number), level, lobby.at + number / 1000)
            if verdict is not None and verdict.step is not Step.HOLDING:
                done.append((verdict.step, verdict.heard.handle))
    return done


def test_of_two_badges_that_are_as_near_neither_acts() -> None:
    lobby = Lobby()
    both(lobby, (AWAY, AWAY), 3)

    done = both(lobby, (MARK, MARK + 3), 3)

    assert {step for step, _ in done} == {Step.CONTEST}


def test_of_two_badges_the_one_that_is_clearly_closer_acts() -> None:
    lobby = Lobby()
    both(lobby, (AWAY, AWAY), 3)

    done = both(lobby, (MARK, MARK - 8), 2)

    assert (Step.ACT, badge(1).handle) in done
    assert (Step.ACT, badge(2).handle) not in done


def test_of_twenty_badges_at_once_only_the_nearest_acts() -> None:
    lobby = Lobby()
    both(lobby, (AWAY,) * 20, 3)

    done = both(lobby, (MARK, *(ROOM - number for number in range(19))), 2)

    assert done == [(Step.ACT, badge(1).handle)]


def test_twenty_badges_in_one_hand_do_nothing_at_all() -> None:
    lobby = Lobby()
    both(lobby, (AWAY,) * 20, 3)

    assert {step for step, _ in both(lobby, (MARK,) * 20, 5)} == {Step.CONTEST}


def test_a_badge_left_on_the_counter_is_in_nobodys_way() -> None:
    lobby = Lobby()
    both(lobby, (AWAY, AWAY), 3)
    assert (Step.ACT, badge(1).handle) in both(lobby, (MARK, AWAY), 2)

    assert both(lobby, (MARK, MARK), 2) == [(Step.ACT, badge(2).handle)]


@pytest.mark.parametrize(("every", "step"), [(0.1, Step.ACT), (0.25, Step.ACT), (1.0, Step.ASK)])
def test_a_slow_badge_asks_and_one_of_a_second_at_least_comes_to_that(every: float, step: Step) -> None:
    lobby = Lobby()
    lobby.acts(AWAY, 10, every=every)

    assert lobby.acts(MARK, 6, every=every) == [step]


def test_a_louder_badge_is_measured_by_its_own_calibration() -> None:
    loud = Heard("f" * 16, Trust.PROVES, -30)
    lobby = Lobby()
    lobby.acts(AWAY, 3, loud)

    assert lobby.acts(-45, 10, loud) == []
    assert lobby.acts(-31, 2, loud) == [Step.ACT]


@pytest.mark.parametrize("rssi", [0, 20, -127, -101, -9])
def test_what_no_radio_measures_is_no_packet(rssi: int) -> None:
    lobby = Lobby()
    lobby.acts(AWAY, 3)

    assert lobby.acts(rssi, 5) == []


PACKETS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(-127, 0), st.sampled_from([0.0, 0.05, 0.1, 0.3, 2.0, 12.0])), max_size=80
)


@given(PACKETS)
def test_whatever_is_heard_nobody_acts_twice_within_a_minute(packets: list[tuple[int, int, float]]) -> None:
    lobby = Lobby()
    acted: dict[str, float] = {}
    for number, rssi, pause in packets:
        lobby.at += pause
        verdict = lobby.machine.hear(badge(number), rssi, lobby.at)
        lobby.state(number)
        if verdict is not None and verdict.step in (Step.ACT, Step.ASK):
            last = acted.get(verdict.heard.handle)
            assert last is None or lobby.at - last >= HANDS_FREE.cooldown
            acted[verdict.heard.handle] = lobby.at


@given(st.lists(st.integers(-100, -48), min_size=1, max_size=60))
def test_what_is_never_as_loud_as_at_the_mark_never_acts(levels: list[int]) -> None:
    lobby = Lobby()
    for level in levels:
        assert list(lobby.hear(level, 0.1)) == []
