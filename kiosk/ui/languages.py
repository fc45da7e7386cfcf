"""Which language the glass speaks: the house's own, until a visitor touches another, and again when they have gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from kiosk.i18n.speech import Speech
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.widgets.chips import Chip
from kiosk.ui.widgets.keyboard_layouts import Layout, Typing

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp

_PREFIX = "language:"

_LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {"de": Layout.QWERTZ, "fr": Layout.AZERTY, "es": Layout.SPANISH, "en": Layout.QWERTY}
)
"""The keyboard that whoever chooses a language is used to; the others type as the house does."""


class Languages:
    """Turns the application's speech, and lets home say everything anew where it is up.

    Every other screen is made fresh for each person, so that it speaks as is chosen by then. Home lies below them all:
    it looks, each time it comes up again, whether it still speaks as is chosen.
    """

    def __init__(self, kiosk: KioskApp, offered: Sequence[Speech], typing: Typing) -> None:
        """Prepare.

        Args:
            kiosk: The application.
            offered: What can be chosen, the house's own first; at least one.
            typing: How people type here, in the house's own language.
        """
        self._kiosk = kiosk
        self._offered = {f"{_PREFIX}{speech.language}": speech for speech in offered}
        self._house = offered[0]
        self._typing = typing

    def chips(self) -> tuple[Chip, ...]:
        """A chip for each language by its own name; none where there is nothing to choose."""
        if len(self._offered) < 2:
            return ()
        return tuple(Chip(key, speech.own_name, on=speech is self._now) for key, speech in self._offered.items())

    def choose(self, key: str) -> None:
        """Speak the language of this chip; any other chip is somebody else's."""
        speech = self._offered.get(key)
        if speech is not None:
            self._speak(speech)

    def turn(self) -> None:
        """Speak the next language, for a keyboard that has one key for it."""
        speeches = list(self._offered.values())
        self._speak(speeches[(speeches.index(self._now) + 1) % len(speeches)])

    def settle(self, language: str) -> None:
        """The house speaks this from now on, if it is one that is offered. Who has chosen another keeps theirs."""
        house = self._offered.get(f"{_PREFIX}{language}", self._house)
        speaks_as_the_house = self._now is self._house
        self._house = house
        if speaks_as_the_house:
            self._speak(house)

    def forget(self) -> None:
        """Whoever chose has gone: speak as the house does."""
        self._speak(self._house)

    def look(self, idle: float) -> None:
        """Nobody has touched the glass for `idle` seconds: at home, nobody is there any more after some time."""
        if idle >= self._kiosk.patience.idle and isinstance(self._kiosk.screen_stack[-1], HomeScreen):
            self.forget()

    def heed_scan(self) -> None:
        """A scanner has typed a code. Where an answer is still up, it is the next person's."""
        screen = self._kiosk.screen_stack[-1]
        if isinstance(screen, KioskScreen) and screen.takes_scans:
            self.forget()

    def say_home_anew(self) -> None:
        """Make home anew if it is up, since it is said or drawn otherwise than it was made."""
        if isinstance(self._kiosk.screen_stack[-1], HomeScreen):
            self._kiosk.switch_screen(HomeScreen())

    @property
    def _now(self) -> Speech:
        return self._kiosk.speech

    def _speak(self, speech: Speech) -> None:
        if speech is self._now:
            return
        self._kiosk.speech = speech
        self._kiosk.typing = self._typing
        if speech is not self._house and speech.language in _LAYOUTS:
            self._kiosk.typing = replace(self._typing, layout=_LAYOUTS[speech.language])
        self.say_home_anew()
