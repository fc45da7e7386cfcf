"""How long the screen waits for people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the screen waits, in seconds.

    Attributes:
        idle: Without a touch, before it begins to count down.
        countdown: How long it counts.
        form: The same where somebody fills in a form, and stops to think.
        success: How long a success stays.
        refusal: How long anything else stays.
        waiting: How long somebody who waits for their host is shown what the host says.
    """

    idle: float = 30.0
    form: float = 60.0
    countdown: int = 15
    success: float = 3.0
    refusal: float = 5.0
    waiting: float = 90.0
