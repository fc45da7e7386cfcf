"""Faults in the words of whoever runs a lobby, for the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.text import to_be_said


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
    Trouble(
        "delay=4",
        to_be_said("Nexudus is slow"),
        to_be_said("Every call takes four seconds. People are answered at once all the same."),
    ),
    Trouble(
        "drop-before=all",
        to_be_said("Requests get lost"),
        to_be_said("Nexudus never hears of a check-in. It is sent again later."),
    ),
    Trouble(
        "drop-after=all",
        to_be_said("Answers get lost"),
        to_be_said(
            "Nexudus records a check-in and its answer is lost. The kiosk reads back and does not send it twice."
        ),
    ),
    Trouble(
        "fail=503",
        to_be_said("Nexudus is down"),
        to_be_said("It answers everything with an error. What is recorded here goes up later."),
    ),
    Trouble(
        "web-page",
        to_be_said("Wi-Fi log-in page"),
        to_be_said("A web page answers in place of Nexudus. The kiosk does not believe it."),
    ),
    Trouble(
        "cut",
        to_be_said("Answers cut short"),
        to_be_said("Half of each answer arrives. The kiosk keeps the lists that it has."),
    ),
    Trouble(
        "throttle=5",
        to_be_said("Too many calls"),
        to_be_said("Nexudus asks to wait five seconds. The kiosk waits; people do not."),
    ),
    Trouble(
        "expire",
        to_be_said("Access expired"),
        to_be_said("Happens once. The kiosk renews its access, and nobody notices."),
    ),
    Trouble(
        "reset-password",
        to_be_said("Sign-in revoked"),
        to_be_said("As after a password reset. Check-ins go on and wait; touch again to sign the kiosk in."),
    ),
    Trouble(
        "missing-right=Checkin-Create",
        to_be_said("A right missing"),
        to_be_said("The account may not create check-ins any more. They wait here until it may."),
    ),
    Trouble(
        "clock=7200",
        to_be_said("Server clock off"),
        to_be_said("Nexudus is two hours ahead. A clock that is set here keeps its own time."),
    ),
)
"""What the demonstration offers, in its order."""
