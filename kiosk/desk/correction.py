"""The true times of events that were recorded by a wrong clock: counted from an anchor of their boot, or estimated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from kiosk.desk.clock import EARLIEST, Anchor, Moment, anchor_of, true_time
from kiosk.desk.events import Correction, Event, TimeBasis
from kiosk.desk.queue import Entry, UploadState


@dataclass(frozen=True, slots=True)
class Uptime:
    """A boot of which nobody knows any true time.

    Attributes:
        boot: Its id.
        shown: When it began by its own, wrong clock. One that goes on from where the device was switched off is often
            not far out.
        lasted: Seconds for which it is known to have run.
    """

    boot: str
    shown: datetime
    lasted: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Where a boot is taken to lie, and between what it must.

    Attributes:
        started: When it is taken to have begun.
        lower: The last time known to be true before it, if there is one.
        upper: The start of the next boot whose time is known.
        rate: Below one where the boots do not fit between the bounds, since a bound is off by a little: they are then
            pressed together, so that the order stays.
    """

    started: datetime
    lower: datetime | None
    upper: datetime
    rate: float = 1.0

    def time_at(self, since_boot: float) -> datetime:
        """The estimate for a point of the boot; it never lies outside the bounds."""
        time = min(self.started + timedelta(seconds=since_boot * self.rate), self.upper)
        return time if self.lower is None else max(time, self.lower)

    def correction(self, at: Moment) -> Correction:
        """What takes the place of a moment's wall time."""
        time = self.time_at(at.since_boot)
        within = None if self.lower is None else max(time - self.lower, self.upper - time).total_seconds()
        return Correction(time, TimeBasis.ESTIMATED, within)


def estimate(boots: Sequence[Uptime], lower: datetime | None, upper: datetime) -> dict[str, Estimate]:
    """Place boots that followed each other between two true times, in their order and without overlap.

    Each is left where its own clock shows it as far as the bounds allow. Where that clock can be no guide and nothing
    is known of the time before, it is placed as late as can be.
    """
    upper = upper if lower is None else max(upper, lower)
    left = sum(boot.lasted for boot in boots)
    room = left if lower is None else (upper - lower).total_seconds()
    rate = room / left if left > room else 1.0
    placed: dict[str, Estimate] = {}
    earliest = lower
    for boot in boots:
        latest = upper - timedelta(seconds=left * rate)
        started = min(boot.shown, latest)
        if earliest is not None:
            started = max(started, earliest)
        elif boot.shown < EARLIEST:
            started = latest
        placed[boot.boot] = Estimate(started, lower, upper, rate)
        earliest = started + timedelta(seconds=boot.lasted * rate)
        left -= boot.lasted
    return placed


def corrections(entries: Iterable[Entry], anchor: Anchor) -> dict[UUID, Correction]:
    """The true times that can be told, now that an anchor is known, of the waiting events whose clock was wrong.

    Events of a boot that has an anchor - this one, or one that another event of the boot makes known - are counted from
    it. Those of earlier boots without any are estimated, once. What was sent, or has come to its end, keeps its time.
    """
    ordered = sorted(entries, key=lambda entry: entry.event.sequence)
    boots = _boots(ordered, anchor)
    estimates = dict(_estimates(boots))
    found: dict[UUID, Correction] = {}
    for entry in ordered:
        event = entry.event
        if entry.state is not UploadState.PENDING or event.basis in (TimeBasis.CLOCK, TimeBasis.ANCHORED):
            continue
        known = boots[event.at.boot].anchor
        if known is not None:
            found[event.id] = Correction(true_time(event.at, known), TimeBasis.ANCHORED, known.uncertainty)
        elif event.basis is TimeBasis.DOUBTED and event.at.boot in estimates:
            found[event.id] = estimates[event.at.boot].correction(event.at)
    return found


def corrected(entry: Entry, found: Mapping[UUID, Correction]) -> Entry:
    """A waiting entry with what was found for its event, and for the check-in whose stay it ended."""
    if entry.state is not UploadState.PENDING:
        return entry
    event, ended = entry.event, entry.ended
    if event.id in found:
        event = replace(event, correction=found[event.id])
    if ended is not None and ended.event is not None and ended.event in found:
        ended = replace(ended, since=found[ended.event].time)
    return entry if event is entry.event and ended is entry.ended else replace(entry, event=event, ended=ended)


@dataclass(slots=True)
class _Boot:
    """What the entries tell of one boot."""

    uptime: Uptime
    anchor: Anchor | None = None

    def saw(self, at: Moment, anchor: Anchor | None) -> None:
        """Take note of a moment of this boot. Of several anchors the first counts, so that all its times agree."""
        self.anchor = self.anchor or anchor
        self.uptime = replace(self.uptime, lasted=max(self.uptime.lasted, at.since_boot))


def _boots(entries: Sequence[Entry], anchor: Anchor) -> dict[str, _Boot]:
    """The boots in their order, which is that of the events' numbers."""
    boots: dict[str, _Boot] = {}
    for entry in entries:
        boot = boots.setdefault(entry.event.at.boot, _Boot(_uptime(entry.event)))
        boot.saw(entry.event.at, entry.event.anchor)
    for entry in entries:
        if entry.changed.boot in boots:  # else nobody knows when that boot was
            boots[entry.changed.boot].saw(entry.changed, anchor_of(entry.changed))
    present = boots.setdefault(anchor.boot, _Boot(Uptime(anchor.boot, anchor.started, anchor.since_boot)))
    present.anchor = anchor
    return boots


def _uptime(event: Event) -> Uptime:
    return Uptime(event.at.boot, event.at.wall - timedelta(seconds=event.at.since_boot), event.at.since_boot)


def _estimates(boots: Mapping[str, _Boot]) -> Iterator[tuple[str, Estimate]]:
    """Where the boots without an anchor lie; those after the last anchor have no upper bound, and wait."""
    lower: datetime | None = None
    between: list[Uptime] = []
    for boot in boots.values():
        if boot.anchor is None:
            between.append(boot.uptime)
            continue
        yield from estimate(between, lower, boot.anchor.started).items()
        lower, between = boot.anchor.time_at(boot.uptime.lasted), []
