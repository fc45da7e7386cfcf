"""What `kiosk bench badges` tells of the rule by which a badge is held near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.bench.figures import Goal
from kiosk.bench.nearness import measure_nearness

_WHO = {
    "passers_by": "who walk past",
    "next_in_the_queue": "next in the queue for a minute",
    "neighbours_of_a_pin": "beside somebody who types a PIN",
    "before_the_first_touch": "there 2 s before any touch",
}


def badges_report() -> tuple[Mapping[str, object], Sequence[str], Mapping[str, Goal]]:
    """Let simulated people come by; the facts for JSON, the lines for people, and what is wanted."""
    figures = measure_nearness()
    lines = [
        "simulated people with a calibrated badge of 100 ms (the model: kiosk/bench/nearness.py), the kiosk's own rule",
        f"{'held to the mark for 1.5 s':36}{len(figures.answers):6} of {figures.held} act, half of them after "
        f"{figures.median:.2f} s and 95 % after {figures.p95:.2f} s",
        *(f"{_WHO[name]:36}{acted:6} of {number} act" for name, (acted, number) in figures.wrong.items()),
    ]
    return {"simulated": True, **figures.as_dict()}, lines, figures.goals()
