"""What a demonstration adds to the kiosk: people to try, a code to show to the camera, and a line that can be cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Try:
    """One thing to try.

    Attributes:
        label: What it shows, in a few words.
        name: Whose code it is.
        code: What to type.
        qr: What the QR code of the invitation holds; empty where there is none.
        expect: What happens, in a sentence.
    """

    label: str
    name: str
    code: str
    qr: str
    expect: str


class Rehearsal(Protocol):
    """A demonstration's controls. None of them may block."""

    def tries(self) -> Sequence[Try]:
        """What can be tried just now."""
        ...

    def show_to_camera(self, qr: str) -> None:
        """Hold this code before the camera for some seconds."""
        ...

    @property
    def line_is_up(self) -> bool:
        """Whether Nexudus can be reached."""
        ...

    def switch_line(self) -> None:
        """Pull the network cable, or put it back."""
        ...
