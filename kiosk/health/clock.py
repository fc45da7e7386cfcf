"""Whether this device's clock tells the time."""

from __future__ import annotations

from datetime import timedelta

from kiosk.desk.clock import Anchor, ClockQuality, Moment
from kiosk.health.findings import Finding, Subject, Verdict

TOLERATED = timedelta(seconds=10)
"""How far the clock may be off: more than an answer of Nexudus can mislead by, less than anybody would notice in a
check-in's time."""

_SET_IT = "See 'timedatectl': the time should come from the network. Allow NTP (UDP port 123) if a firewall stops it."


def judge_clock(now: Moment, true: Anchor | None) -> list[Finding]:
    """Whether the clock has been set, and how far it is off.

    Args:
        now: The present moment as this device tells it by itself.
        true: The time as Nexudus tells it; None if it does not. A kiosk whose clock has not been set goes by it.
    """
    return [_quality(now.quality, true), _difference(now, true)]


def _quality(quality: ClockQuality, true: Anchor | None) -> Finding:
    if quality is ClockQuality.SET:
        return Finding(Subject.CLOCK, "set", Verdict.WELL, "The clock has been set, as far as this device can tell.")
    said = "The clock has not been set by the network since this device started."
    if true is not None:
        return Finding(Subject.CLOCK, "set", Verdict.NOTE, f"{said} The kiosk goes by the time of Nexudus.", _SET_IT)
    said += " Check-ins are kept, and their times are corrected once the true time is known."
    return Finding(Subject.CLOCK, "set", Verdict.WRONG, said, _SET_IT)


def _difference(now: Moment, true: Anchor | None) -> Finding:
    if true is None:
        said = "Nexudus has not told the time to compare with."
        return Finding(Subject.CLOCK, "difference", Verdict.UNVERIFIED, said)
    off = now.wall - true.time_at(now.since_boot)
    sure = timedelta(seconds=true.uncertainty)
    if abs(off) <= TOLERATED + sure:
        said = f"It agrees with Nexudus to within {max(abs(off), sure).total_seconds():.1f} seconds."
        return Finding(Subject.CLOCK, "difference", Verdict.WELL, said)
    said = f"It is {_span(abs(off))} {'ahead of' if off > timedelta(0) else 'behind'} Nexudus."
    if now.quality is ClockQuality.SET:
        said += " Check-ins bear this wrong time."
        return Finding(Subject.CLOCK, "difference", Verdict.WRONG, said, _SET_IT)
    return Finding(Subject.CLOCK, "difference", Verdict.NOTE, said, _SET_IT)


def _span(span: timedelta) -> str:
    """A span in the two units that matter."""
    seconds = round(span.total_seconds())
    for unit, length in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= length:
            count = seconds // length
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return f"{seconds} seconds"
