"""How well the rule of nearness tells a badge that is held up from all others: people are simulated, the rule is real.

What the radio hears is a model, and no more than that:

* Path loss: free space, -59 dBm at one metre, 20 dB a decade, no louder than -18 dBm (the receiver saturates).
* Fading: each of the three advertising channels has a level of its own, drawn anew in part every 150 ms: 6 dB (one
  sigma) beyond 70 cm, falling to 2.5 dB at 10 cm, where the direct path is all; and 1 dB of noise on each packet.
* Packets: every 100 ms and 0 to 10 ms more, as the standard wants, of which one in ten is lost.
* The badge: calibrated at 8 cm, with 2.5 dB (one sigma) left over for how it is held.
* People: someone who checks in stands a metre away, brings the badge to 4 to 12 cm within 0.6 s, holds it there for
  1.5 s and takes it away. A passer-by walks past at 1.2 m/s with the badge on a lanyard, 40 to 120 cm away at the
  closest. The next in the queue stands 70 to 150 cm away for a minute. A neighbour comes from two metres to 35 to 60 cm
  beside somebody who types a PIN for 20 s, stays for 5 s after the last touch (the answer is up meanwhile), and walks
  off; so does whoever stands there for 2 s before anybody touches the screen, which is counted by itself.

The draws are those of a fixed seed, so that a figure moves only when the rule does.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.bench.figures import Goal, Side
from kiosk.desk.badges import HandsFree, Heard, Trust
from kiosk.desk.proximity import Proximity, Rule, Step

SEED = 20260304
INTERVAL = 0.1
LOST = 0.1
AT_ONE_METRE = -59.0
SATURATED = -18.0
AT_THE_MARK = 0.08
HELD_SECONDS = 1.5
ARRIVES = 4.0

Distance = Callable[[float], float]
"""How far the badge is, in metres, at a time in seconds."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What one person does.

    Attributes:
        distance: Where the badge is.
        seconds: How long it is watched.
        touches: From when to when somebody touches the screen, once a second at least; None for nobody.
    """

    distance: Distance
    seconds: float
    touches: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class NearnessFigures:
    """What came of them.

    Attributes:
        held: How many held their badge to the mark.
        answers: The seconds from the badge's arrival at the mark until it acted, of those that did before it was taken
            away.
        wrong: For each kind of person who means nothing, how many of how many badges acted.
    """

    held: int
    answers: Sequence[float]
    wrong: dict[str, tuple[int, int]]

    @property
    def median(self) -> float:
        """Seconds until half of the badges that acted had."""
        return sorted(self.answers)[len(self.answers) // 2] if self.answers else math.inf

    @property
    def p95(self) -> float:
        """Seconds until 95 of a hundred had."""
        return sorted(self.answers)[len(self.answers) * 95 // 100] if self.answers else math.inf

    def goals(self) -> dict[str, Goal]:
        """The figures beside what is wanted of them."""
        wanted = {"passers_by": 0.0, "next_in_the_queue": 0.02, "neighbours_of_a_pin": 0.0}
        return {
            "badge_held_acts_share": Goal(len(self.answers) / self.held, Side.AT_LEAST, 0.98),
            "badge_held_median_s": Goal(self.median, Side.AT_MOST, 1.0),
            **{f"{name}_share": Goal(self.wrong[name][0] / self.wrong[name][1], Side.AT_MOST, wanted[name])
               for name in wanted},
        }  # fmt: skip

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "held": self.held,
            "acted": len(self.answers),
            "median_s": round(self.median, 3),
            "p95_s": round(self.p95, 3),
            **{name: {"acted": acted, "of": of} for name, (acted, of) in self.wrong.items()},
        }


def measure_nearness(
    held: int = 1000, passers: int = 1000, queue: int = 300, neighbours: int = 1000
) -> NearnessFigures:
    """Let so many of each kind come by."""
    draws = random.Random(SEED)  # noqa: S311 - people, not keys
    answers = [
        at - ARRIVES
        for _ in range(held)
        if (at := acts_at(_hold(draws), draws)) is not None and at <= ARRIVES + HELD_SECONDS + 0.3
    ]
    wrong = {}
    for name, person, number in (
        ("passers_by", _pass_by, passers),
        ("next_in_the_queue", _queue, queue),
        ("neighbours_of_a_pin", _stand_beside, neighbours),
        ("before_the_first_touch", _stand_before, neighbours),
    ):
        acted = sum(acts_at(person(draws), draws) is not None for _ in range(number))
        wrong[name] = (acted, number)
    return NearnessFigures(held, answers, wrong)


def acts_at(scene: Scene, draws: random.Random, rule: Rule | None = None) -> float | None:
    """When a calibrated badge in this scene acts, in seconds; None if it never does."""
    machine = Proximity(rule or Rule(hands_free=HandsFree.ON))
    offset = draws.gauss(0, 2.5)
    badge = Heard("0" * 16, Trust.PROVES, round(_loss(AT_THE_MARK)))
    air = _Air(draws)
    at, touched = draws.uniform(0, INTERVAL), -math.inf
    while at < scene.seconds:
        if scene.touches is not None and scene.touches[0] <= at <= scene.touches[1] and at - touched >= 0.3:
            machine.in_use(at)
            touched = at
        if draws.random() >= LOST:
            rssi = min(SATURATED, air.level(scene.distance(at), at) + offset)
            verdict = machine.hear(badge, round(rssi), at)
            if verdict is not None and verdict.step is Step.ACT:
                return at
        at += INTERVAL + draws.uniform(0, 0.01)
    return None


class _Air:
    """The fading of three channels."""

    def __init__(self, draws: random.Random) -> None:
        self._draws = draws
        self._fading = [draws.gauss(0, 1) for _ in range(3)]
        self._drawn = 0.0

    def level(self, metres: float, at: float) -> float:
        """How loud the packet of this moment is."""
        draws = self._draws
        if at - self._drawn > 0.15:
            self._fading = [0.6 * fading + 0.8 * draws.gauss(0, 1) for fading in self._fading]
            self._drawn = at
        near = min(max((0.7 - metres) / 0.6, 0.0), 1.0)
        return _loss(metres) + (6.0 - 3.5 * near) * draws.choice(self._fading) + draws.gauss(0, 1)


def _loss(metres: float) -> float:
    return AT_ONE_METRE - 20 * math.log10(max(metres, 0.03))


def _hold(draws: random.Random) -> Scene:
    closest = draws.uniform(0.04, 0.12)

    def distance(at: float) -> float:
        if at < ARRIVES - 0.6:
            return 1.0
        if at < ARRIVES:
            return max(closest, 1.0 - (1.0 - closest) * (at - ARRIVES + 0.6) / 0.6)
        return closest if at < ARRIVES + HELD_SECONDS else min(1.5, closest + at - ARRIVES - HELD_SECONDS)

    return Scene(distance, ARRIVES + HELD_SECONDS + 1.5)


def _pass_by(draws: random.Random) -> Scene:
    closest = draws.uniform(0.4, 1.2)
    return Scene(lambda at: math.hypot(closest, 1.2 * (at - 4)), 8)


def _queue(draws: random.Random) -> Scene:
    place = draws.uniform(0.7, 1.5)
    return Scene(lambda at: place + 0.1 * math.sin(at / 2), 60)


def _stand_beside(draws: random.Random) -> Scene:
    """Typing has begun as the neighbour arrives; the answer is up for 3 s after the last touch, and counts as use."""
    typed = 20.0
    return Scene(_beside(draws, typed + 5), typed + 9, (0.0, typed + 3))


def _stand_before(draws: random.Random) -> Scene:
    """The same people for the 2 s before the first touch."""
    return Scene(_beside(draws, 60), 2.0 + 1.5)


def _beside(draws: random.Random, until: float) -> Distance:
    place = draws.uniform(0.35, 0.6)

    def distance(at: float) -> float:
        here = place + 0.05 * math.sin(at)
        return max(here, 2.0 - 1.2 * at) if at < until else here + 1.2 * (at - until)

    return distance
