"""How a badge comes to its member: held on the mark for three seconds it is told from all others, and measured.

It is the strongest of the badges that are heard, clearly ahead of the next, and at the mark all that while. Whoever is
near with a phone or another badge is not asked for; what is heard of them is forgotten after three seconds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

from kiosk.desk.adverts import Advert
from kiosk.desk.badges import EnrolledBadge, Heard, Tier
from kiosk.desk.people import PersonId
from kiosk.desk.proximity import FAINTEST, LOUDEST
from kiosk.desk.signs import handle_of, sign_in


@dataclass(frozen=True, slots=True)
class MarkRule:
    """When a badge lies on the mark.

    Attributes:
        seconds: How long it is held there.
        window: Over how long it is compared with the others, in seconds.
        samples: Packets that the window must hold.
        lead: How far it is ahead of the next, in decibels.
        faintest: How loud it is at least, in dBm.
        loudest_calibration: What is measured at most: closer than the mark a receiver saturates.
    """

    seconds: float = 3.0
    window: float = 1.0
    samples: int = 4
    lead: float = 15.0
    faintest: int = -55
    loudest_calibration: int = -24


class MarkStep(StrEnum):
    """What the mark says."""

    WAITING = "waiting"
    """No badge lies there."""
    HOLDING = "holding"
    """One does; it is to stay."""
    SEVERAL = "several"
    """Two badges are near: one has to go away."""
    TAKEN = "taken"
    """It is somebody else's."""
    FOUND = "found"
    """It is known and measured. Nothing has been kept yet."""


@dataclass(frozen=True, slots=True)
class FoundBadge:
    """A badge on the mark.

    Attributes:
        handle: Its handle.
        tier: How it says which one it is.
        sign: What a static one says; empty for a rolling one, which has been added before and is measured only.
        calibration: How loud it is at the mark, in dBm.
    """

    handle: str
    tier: Tier
    sign: str
    calibration: int


@dataclass(frozen=True, slots=True)
class MarkProgress:
    """How far it is.

    Attributes:
        step: What the mark says.
        share: How much of the time has passed, 0 to 1.
        found: The badge, once it is found.
    """

    step: MarkStep
    share: float = 0.0
    found: FoundBadge | None = None


@dataclass(slots=True)
class _Candidate:
    tier: Tier
    sign: str
    samples: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=512))

    def since(self, start: float) -> list[int]:
        return [level for at, level in self.samples if at > start]


class Enrolment:
    """Finds the badge that a member holds on the mark. Pure: time comes with the packets.

    Args:
        member: Whose it will be.
        recognise: The badge of somebody here behind an advert.
        badge: A badge that was enrolled on this kiosk.
        holders: The numbers of the members to whom a handle belongs.
        rule: When a badge lies on the mark.
    """

    def __init__(
        self,
        member: PersonId,
        recognise: Callable[[Advert], Heard | None],
        badge: Callable[[str], EnrolledBadge | None],
        holders: Callable[[str], frozenset[int]],
        rule: MarkRule | None = None,
    ) -> None:
        self._member = member
        self._recognise = recognise
        self._badge = badge
        self._holders = holders
        self._rule = rule or MarkRule()
        self._heard: dict[str, _Candidate] = {}
        self._held: tuple[str, float] | None = None
        self._found: FoundBadge | None = None

    def hear(self, advert: Advert) -> MarkProgress:
        """Take one packet; says how far it is now."""
        near_enough = self._rule.faintest - self._rule.lead  # what is fainter can hinder nobody
        if self._found is None and max(FAINTEST, near_enough) <= advert.rssi <= LOUDEST:
            self._note(advert)
        return self.look(advert.at)

    def look(self, at: float) -> MarkProgress:
        """How far it is at a moment, in the seconds of the packets: a badge that was taken away sends none."""
        if self._found is not None:
            return MarkProgress(MarkStep.FOUND, 1.0, self._found)
        return self._judge(at)

    def _note(self, advert: Advert) -> None:
        known = self._recognise(advert)
        if known is not None and known.slot is not None:
            handle, tier, sign = known.handle, Tier.ROLLING, ""
        else:
            found = sign_in(advert)
            if found is None:
                return
            handle, tier, sign = handle_of(found), Tier.STATIC, found
        candidate = self._heard.setdefault(handle, _Candidate(tier, sign))
        candidate.samples.append((advert.at, advert.rssi))

    def _judge(self, at: float) -> MarkProgress:
        rule = self._rule
        levels = self._levels(at)
        ranked = sorted(levels, key=levels.__getitem__, reverse=True)
        if not ranked or levels[ranked[0]] < rule.faintest:
            self._held = None
            return MarkProgress(MarkStep.WAITING)
        best = ranked[0]
        if len(ranked) > 1 and levels[best] - levels[ranked[1]] < rule.lead:
            self._held = None
            return MarkProgress(MarkStep.SEVERAL)
        if self._is_taken(best):
            self._held = None
            return MarkProgress(MarkStep.TAKEN)
        if self._held is None or self._held[0] != best:
            self._held = (best, at)
        share = min((at - self._held[1]) / rule.seconds, 1.0)
        if share < 1.0:
            return MarkProgress(MarkStep.HOLDING, share)
        candidate = self._heard[best]
        level = min(round(median(candidate.since(at - rule.seconds))), rule.loudest_calibration)
        self._found = FoundBadge(best, candidate.tier, candidate.sign, level)
        return MarkProgress(MarkStep.FOUND, 1.0, self._found)

    def _levels(self, at: float) -> Mapping[str, float]:
        """How loud each badge is that is there; whoever is not any more is forgotten."""
        rule, levels = self._rule, {}
        for handle, candidate in list(self._heard.items()):
            if candidate.samples[-1][0] < at - rule.seconds:
                del self._heard[handle]
                continue
            window = candidate.since(at - rule.window)
            if len(window) >= rule.samples:
                levels[handle] = float(median(window))
        return levels

    def _is_taken(self, handle: str) -> bool:
        """A badge of another member. One that was revoked, or of a member who has gone, is free again."""
        known = self._badge(handle)
        if known is not None and known.revoked is None and known.member != self._member:
            return True
        return bool(self._holders(handle) - {self._member.number})
