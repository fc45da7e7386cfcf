"""What a demonstration adds to the kiosk: people to try, a code to show to the camera, and trouble on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

LINE: Final = "line"
"""The key of the one trouble that every demonstration has: the network cable is pulled."""


@dataclass(frozen=True, slots=True)
class Try:
    """One thing to try.

    Attributes:
        label: What it shows, in a few words: a key of the catalogues.
        name: Whose code it is.
        code: What to type.
        qr: What the QR code of the invitation holds; empty where there is none.
        expect: What happens, in a sentence; a key as well.
        card: What a reader types for their access card; empty where there is none.
        badge: What their badge says of itself; empty where there is none.
    """

    label: str
    name: str
    code: str
    qr: str
    expect: str
    card: str = ""
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that can go wrong on purpose.

    Attributes:
        key: Tells it from the others: letters and hyphens.
        label: What is the matter, in two or three words; like `expect`, a key of the catalogues.
        expect: What the kiosk makes of it.
        on: Whether it is so now; never for what happens once and is over.
    """

    key: str
    label: str
    expect: str
    on: bool


class Rehearsal(Protocol):
    """A demonstration's controls. None of them may block."""

    def tries(self) -> Sequence[Try]:
        """What can be tried just now."""
        ...

    def show_to_camera(self, qr: str) -> None:
        """Hold this code before the camera for some seconds."""
        ...

    def hold_badge(self, badge: str) -> None:
        """Hold this badge near, a few seconds from now, when nobody touches the screen any more."""
        ...

    def troubles(self) -> Sequence[Trouble]:
        """What can go wrong, the same in the same order each time; `LINE` is among it."""
        ...

    def switch(self, key: str) -> None:
        """Let a trouble begin, or be over. It may take a moment until that is so."""
        ...
