"""How somebody wants to see the glass: in high contrast, in large text, or both, until they have gone."""

from __future__ import annotations

import time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from kiosk.ui.theme import CONTRAST, LOBBY

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp

LARGE = "-large"
"""The class of a screen whose words are large. The stylesheet gives them room; widgets look for it as they draw."""


class Contrast(StrEnum):
    """The colours. The names are those of the themes."""

    USUAL = LOBBY
    HIGH = CONTRAST


class Lettering(StrEnum):
    """The size of the words."""

    USUAL = "usual"
    LARGE = "large"


class Sight:
    """What one person has asked for. It is wiped with everything else of theirs."""

    def __init__(self, kiosk: KioskApp) -> None:
        self._kiosk = kiosk
        self.contrast = self._usual = Contrast.USUAL
        self.lettering = Lettering.USUAL

    def toggle_contrast(self) -> None:
        """The other colours."""
        self.contrast = Contrast.USUAL if self.contrast is Contrast.HIGH else Contrast.HIGH
        self._kiosk.theme = self.contrast

    def toggle_lettering(self) -> None:
        """The other size, on every screen that is open."""
        self.lettering = Lettering.USUAL if self.lettering is Lettering.LARGE else Lettering.LARGE
        for screen in self._kiosk.screen_stack:
            self.dress(screen)

    def toggle_next(self) -> None:
        """One step through all four ways of seeing, for a keyboard with one key to spare."""
        if self.contrast is Contrast.HIGH:
            self.toggle_lettering()
        self.toggle_contrast()

    def settle(self, contrast: Contrast) -> None:
        """Everybody sees it in these colours from now on, unless they choose others."""
        self._usual = self.contrast = contrast
        self._kiosk.theme = contrast

    def dress(self, screen: Screen[Any]) -> None:
        """Give a screen the words of the size that was asked for."""
        screen.set_class(self.lettering is Lettering.LARGE, LARGE)

    def wipe(self) -> None:
        """As the next person expects it."""
        if self.contrast is not self._usual:
            self.toggle_contrast()
        if self.lettering is not Lettering.USUAL:
            self.toggle_lettering()

    def wipe_if_left(self, touched: float) -> None:
        """Wipe it where home has been left alone for as long as an entry screen is: nothing else would, since home
        asks nobody whether they are there.

        Args:
            touched: When the glass was last touched, in seconds of `time.monotonic()`.
        """
        at_home = len(self._kiosk.screen_stack) <= 2
        if at_home and time.monotonic() - touched >= self._kiosk.patience.idle:
            self.wipe()
