"""Faults in the words of whoever runs a lobby, for the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Trouble:
    """One bad day to try.

    Attributes:
        fault: As `kiosk.sandbox.switches.switch` takes it; its name is the key of this trouble.
        label: What is the matter, in a few words: 17 characters fit the narrowest card.
        expect: What the kiosk makes of it, in a sentence or two.
    """

    fault: str
    label: str
    expect: str

    @property
    def key(self) -> str:
        """The name of the fault."""
        return self.fault.partition("=")[0]


TROUBLES: Final = (
    Trouble("delay=4", "Nexudus is slow", "Every call takes four seconds. People are answered at once all the same."),
    Trouble("drop-before=all", "Requests get lost", "Nexudus never hears of a check-in. It is sent again later."),
    Trouble(
        "drop-after=all",
        "Answers get lost",
        "Nexudus records a check-in and its answer is lost. The kiosk reads back and does not send it twice.",
    ),
    Trouble("fail=503", "Nexudus is down", "It answers everything with an error. What is recorded here goes up later."),
    Trouble("web-page", "Wi-Fi log-in page", "A web page answers in place of Nexudus. The kiosk does not believe it."),
    Trouble("cut", "Answers cut short", "Half of each answer arrives. The kiosk keeps the lists that it has."),
    Trouble("throttle=5", "Too many calls", "Nexudus asks to wait five seconds. The kiosk waits; people do not."),
    Trouble("expire", "Access expired", "Happens once. The kiosk renews its access, and nobody notices."),
    Trouble(
        "reset-password",
        "Sign-in revoked",
        "As after a password reset. Check-ins go on and wait; touch again to sign the kiosk in.",
    ),
    Trouble(
        "missing-right=Checkin-Create",
        "A right missing",
        "The account may not create check-ins any more. They wait here until it may.",
    ),
    Trouble(
        "clock=7200",
        "Server clock off",
        "Nexudus is two hours ahead. A clock that is set here keeps its own time.",
    ),
)
"""What the demonstration offers, in its order."""
