"""How often, how fast and how patiently the courier works, out of the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from kiosk.settings import MembersReading, Settings
from kiosk.sync.courier import Rhythm
from kiosk.sync.errands import Round
from kiosk.sync.gate import Gate
from kiosk.sync.pace import Allowance, Backoff
from kiosk.sync.timetable import Timetable, share_of


def round_of(settings: Settings) -> Round:
    """How often each errand is run."""
    wanted = settings.nexudus
    return Round(
        visitors=wanted.visitors_seconds,
        members=wanted.members_seconds,
        presence=wanted.presence_seconds,
        retention=timedelta(days=settings.state.retention_days),
    )


def timetable_of(settings: Settings, client_id: str) -> Timetable:
    """When the kiosk of this name makes the errands of the night."""
    wanted = settings.nexudus
    by_changes = wanted.members_reading is MembersReading.CHANGED
    return Timetable(by_changes, wanted.quiet_hour, share_of(client_id))


def rhythm_of(settings: Settings) -> Rhythm:
    """How patiently the queue is worked off."""
    wanted = settings.nexudus
    return Rhythm(settle=wanted.settle_seconds, retry_longest=wanted.retry_seconds, look_up=wanted.look_up_seconds)


def gate_of(settings: Settings, monotonic: Callable[[], float], allowance: Allowance | None = None) -> Gate:
    """The gate of a kiosk, as wide as the settings say unless another allowance is given."""
    wanted, rhythm = settings.nexudus, rhythm_of(settings)
    said = Allowance(wanted.writes_per_minute, wanted.calls_per_minute, wanted.call_spacing_seconds)
    return Gate(allowance or said, Backoff(rhythm.retry_first, rhythm.retry_longest), monotonic)
