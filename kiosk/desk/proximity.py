"""When a badge is held near: a pure rule over what is heard of each, with the time handed in.

    far -> approaching -> near -> prompted | checked -> cooldown -> far

Loudness says how far away a badge is only roughly: bodies, hands and cases change it by ten decibels, and it fades by
as much from packet to packet. So no single packet counts, and a badge must come closer to be taken for one that is held
up: it is near when the median of a short window is as loud as this badge is at the mark, less a margin, the lower
quartile is not far below, and it was clearly fainter before. Held so for the dwell it acts: once, until it has been
away. Of two that are near neither acts unless one is clearly closer.

While somebody uses the screen, and a moment after, nothing acts; what is heard then counts as what was before.
Thresholds: measured by others and simulated (`kiosk bench badges`), not yet on a Raspberry Pi.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice, pairwise, takewhile

from kiosk.desk.badges import Freshness, HandsFree, Heard, Trust

LOUDEST, FAINTEST = -10, -100
"""dBm. Readings outside of these are none."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a badge of some interval between its packets is judged.

    Attributes:
        up_to: The longest interval, in seconds, of such a badge.
        window: Seconds over which it is judged.
        samples: How many packets the window must hold.
        taps: Whether it is quick enough to act without a tap.
    """

    up_to: float
    window: float
    samples: int
    taps: HandsFree


@dataclass(frozen=True, slots=True)
class Rule:
    """The thresholds, in decibels and seconds.

    Attributes:
        paces: From the quickest badges to the slowest.
        margin: A badge is near this much below its calibration; between `nearest` and `farthest` in any case.
        spread: How far below that the lower quartile may lie.
        edge: How much fainter it was in the `before` seconds (their lower fifth).
        lead: How far the nearest must be ahead of the next.
        dwell: How long it is held near where it is `clear` decibels louder than it need be.
        doubted_dwell: How long where it is not: who walks past is that loud for a moment at most.
        approach: This much below near it is approaching.
        leave: This much below near, for `leave_seconds`, it has left; or silent for `silence`.
        cooldown: After it has acted it rests so long in any case.
        quiet: How long after a touch nothing acts.
        hands_free: Whether a badge that proves itself acts without a tap.
    """

    paces: tuple[Pace, ...] = (
        Pace(0.125, 0.8, 5, HandsFree.ON),
        Pace(0.27, 1.0, 3, HandsFree.ON),
        Pace(float("inf"), 3.5, 3, HandsFree.OFF),
    )
    margin: float = 9.0
    nearest: float = -30.0
    farthest: float = -50.0
    spread: float = 3.0
    edge: float = 14.0
    before: float = 12.0
    lead: float = 6.0
    clear: float = 6.0
    dwell: float = 0.5
    doubted_dwell: float = 0.9
    approach: float = 10.0
    leave: float = 15.0
    leave_seconds: float = 2.0
    silence: float = 10.0
    cooldown: float = 60.0
    quiet: float = 3.0
    hands_free: HandsFree = HandsFree.OFF

    def near(self, calibration: float) -> float:
        """The level, in dBm, from which a badge of this calibration is near."""
        return min(max(calibration - self.margin, self.farthest), self.nearest)


class State(StrEnum):
    """Where a badge stands."""

    FAR = "far"
    APPROACHING = "approaching"
    NEAR = "near"
    PROMPTED = "prompted"
    """Its member is being asked."""
    CHECKED = "checked"
    """It has acted, and is still there."""
    COOLDOWN = "cooldown"
    """It has acted and left; it may not act yet."""


class Step(StrEnum):
    """What is to be done."""

    HOLDING = "holding"
    """Show how far the dwell has come."""
    ASK = "ask"
    """Ask the member for a tap."""
    ACT = "act"
    """Act without one."""
    CONTEST = "contest"
    """Two badges are as close as each other: one has to come closer."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule says of the badge that was heard last.

    Attributes:
        step: What is to be done.
        heard: Which badge.
        share: How much of the dwell has passed, 0 to 1.
        samples: Packets in the window.
        level: Their median, in dBm.
        ahead: How far the badge is ahead of the next, in decibels; None where there is no other.
    """

    step: Step
    heard: Heard
    share: float
    samples: int
    level: float
    ahead: float | None = None


@dataclass(slots=True)
class _Track:
    """What is remembered of one badge: its last packets, and what it did."""

    samples: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=256))
    level: float | None = None
    relative: float = 0.0
    threshold: float = 0.0
    since: float | None = None
    acted: float | None = None
    rest: float = 0.0
    left: bool = True
    faint: float | None = None
    answer: State = State.CHECKED

    @property
    def last(self) -> float:
        return self.samples[-1][0]


class Proximity:
    """The rule at work, for all badges of the location. Only badges that are known here are handed to it."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._tracks: dict[str, _Track] = {}
        self._quiet_until = float("-inf")
        self._pruned = float("-inf")

    def in_use(self, at: float) -> None:
        """Somebody uses the screen at this moment: nothing acts until it has been quiet."""
        self._quiet_until = max(self._quiet_until, at + self._rule.quiet)

    def unanswered(self, handle: str) -> None:
        """The member who was asked has said no, or nothing: the badge may ask again as soon as it has been away."""
        if (track := self._tracks.get(handle)) is not None:
            track.rest = 0.0
            track.answer = State.CHECKED

    def answered(self, handle: str) -> None:
        """The member who was asked has answered."""
        if (track := self._tracks.get(handle)) is not None:
            track.answer = State.CHECKED

    def state_of(self, handle: str, at: float) -> State:
        """Where a badge stands, as of its last packet."""
        track = self._tracks.get(handle)
        if track is None:
            return State.FAR
        if track.acted is not None:
            if not self._has_left(track, at):
                return track.answer
            if at - track.acted < track.rest:
                return State.COOLDOWN
        return self._place(track, at)

    def hear(self, heard: Heard, rssi: int, at: float) -> Verdict | None:
        """Take one packet of a known badge.

        Args:
            heard: The badge.
            rssi: How loud it was, in dBm; what no radio measures is no packet.
            at: When, in seconds that never jump.

        Returns:
            What is to be done, or None for nothing.
        """
        if not FAINTEST <= rssi <= LOUDEST:
            return None
        self._prune(at)
        track = self._tracks.setdefault(heard.handle, _Track())
        if track.samples and at - track.last >= self._rule.silence:
            track.left = True
            track.samples.clear()
        track.samples.append((at, rssi))
        pace = self._pace(track)
        window = _since(track.samples, at - pace.window)
        self._measure(track, heard, window, pace, at)
        return self._judge(track, heard, window, pace, at)

    def _measure(self, track: _Track, heard: Heard, window: list[int], pace: Pace, at: float) -> None:
        rule = self._rule
        track.threshold = rule.near(heard.calibration)
        track.level = _quantile(window, 0.5) if len(window) >= min(pace.samples, 3) else None
        if track.level is None:
            return
        track.relative = track.level - heard.calibration
        if track.level >= track.threshold - rule.leave:
            track.faint = None
        elif track.faint is None:
            track.faint = at
        if track.faint is not None and at - track.faint >= rule.leave_seconds:
            track.left = True

    def _judge(self, track: _Track, heard: Heard, window: list[int], pace: Pace, at: float) -> Verdict | None:
        rule, level = self._rule, track.level
        waits = track.acted is not None and (not track.left or at - track.acted < track.rest)
        steady = len(window) >= pace.samples and level is not None and self._is_near(track, window, pace, at)
        if level is None or not steady or waits or at < self._quiet_until or heard.freshness is Freshness.USED:
            track.since = None
            return None
        ahead = self._ahead(track, at)
        if ahead is not None and ahead < rule.lead:
            track.since = None
            return Verdict(Step.CONTEST, heard, 0.0, len(window), level, ahead)
        track.since = at if track.since is None else track.since
        needed = rule.dwell if level >= track.threshold + rule.clear else rule.doubted_dwell
        share = min((at - track.since) / needed, 1.0)
        if share < 1.0:
            return Verdict(Step.HOLDING, heard, share, len(window), level, ahead)
        proves = heard.trust is Trust.PROVES and HandsFree.OFF not in (rule.hands_free, pace.taps)
        track.acted, track.left, track.faint, track.rest, track.since = at, False, None, rule.cooldown, None
        track.answer = State.CHECKED if proves else State.PROMPTED
        return Verdict(Step.ACT if proves else Step.ASK, heard, 1.0, len(window), level, ahead)

    def _is_near(self, track: _Track, window: list[int], pace: Pace, at: float) -> bool:
        rule, level = self._rule, track.level
        if level is None or level < track.threshold or _quantile(window, 0.25) < track.threshold - rule.spread:
            return False
        began = at if track.since is None else track.since
        before = [one for when, one in track.samples if began - rule.before < when <= began - pace.window]
        return not before or _quantile(before, 0.2) <= level - rule.edge

    def _ahead(self, track: _Track, at: float) -> float | None:
        """How far this badge is ahead of the next that could act; each is measured by its own calibration."""
        others = [
            other.relative
            for other in self._tracks.values()
            if other is not track and (other.acted is None or other.left) and self._place(other, at) is not State.FAR
        ]
        return track.relative - max(others) if others else None

    def _place(self, track: _Track, at: float) -> State:
        stale = not track.samples or at - track.last > self._pace(track).window
        if stale or track.level is None or track.level < track.threshold - self._rule.approach:
            return State.FAR
        return State.NEAR if track.level >= track.threshold else State.APPROACHING

    def _pace(self, track: _Track) -> Pace:
        recent = islice(reversed(track.samples), 8)
        gaps = [later[0] - earlier[0] for later, earlier in pairwise(recent)]
        interval = _quantile(gaps, 0.5) if len(gaps) >= 2 else 0.0
        return next(pace for pace in self._rule.paces if interval <= pace.up_to)

    def _has_left(self, track: _Track, at: float) -> bool:
        return track.left or at - track.last >= self._rule.silence

    def _prune(self, at: float) -> None:
        """Forget whoever has been silent for longer than anything depends on."""
        if at - self._pruned < self._rule.silence:
            return
        self._pruned = at
        oldest = at - self._rule.silence - self._rule.cooldown
        for handle in [handle for handle, track in self._tracks.items() if track.last < oldest]:
            del self._tracks[handle]


def _since(samples: deque[tuple[float, int]], start: float) -> list[int]:
    """The levels after a moment, the latest first."""
    return [level for _, level in takewhile(lambda sample: sample[0] > start, reversed(samples))]


def _quantile(values: list[int] | list[float], share: float) -> float:
    """The value below which a share of them lies, between the two nearest."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
