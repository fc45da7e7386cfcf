"""What every screen of the kiosk has: the status line, a life of its own that ends with the person, and access to the
speech."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual._styles_cache import StylesCache
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from kiosk.desk.house import House
from kiosk.desk.payloads import Shown
from kiosk.i18n.speech import Speech
from kiosk.ui.messages import WentBack
from kiosk.ui.numeric_keypad import shortcut_of
from kiosk.ui.sight import LARGE, Lettering
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.ready import even_ground
from kiosk.ui.widgets.words import PlainText

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp


NOTICE_SECONDS = 4.0
"""How long a notice stays: twice as long as it takes to read."""

STAFF_KEY = "f10"
"""The key of the staff corner, for whoever has a keyboard."""


CONTRAST_KEY, LETTERING_KEY = SIGHT_KEYS = ("f5", "f6")
"""The keys that change how the glass is seen."""


def begins_code(event: events.Key) -> bool:
    """Whether a key may be the first of a code, typed by a person or by a scanner. Shortcuts must not be such keys."""
    return event.character is not None and event.character.isalnum() and event.character.isascii()


class KioskScreen(Screen[None]):
    """A screen of the kiosk. It is made fresh for each person and forgotten with them."""

    takes_codes: ClassVar[bool] = True
    """Whether a code held before the camera, or typed by a scanner, counts here. It does not while an answer is on the
    glass, nor on a form, where all that is typed is meant as it is."""
    takes_scans: ClassVar[bool] = False
    """Whether one that a scanner types counts here even so: the next person has stepped up."""
    tries_camera: ClassVar[bool] = False
    """Whether the camera reads codes here though none counts: somebody looks whether it does."""
    notice_place: ClassVar[str] = "#subtitle"
    """Which words give way to a notice; empty where none is shown."""
    times_out: ClassVar[bool] = True
    """Whether somebody who walks away is asked, and then wiped. Home has nobody to wipe."""
    private: ClassVar[str] = "Entry, TextField, Offers, CameraView, #name, #detail, #who, .private"
    """What staff who look from afar are not shown: what somebody types, and who they are, which their picture tells as
    well. A selector."""
    is_form: ClassVar[bool] = False
    """Whether somebody types here, and needs time to think."""

    _has_been_up = False
    noticed = ""
    """The notice that is shown now."""
    _gave_way = ""
    _notice_ends: Timer | None = None

    def __init__(self, *, classes: str | None = None) -> None:
        """Have the shape of the glass from the beginning: a class that comes later has every widget styled twice."""
        super().__init__(classes=classes)
        with suppress(RuntimeError):  # made before there is an application: the shape comes when it is shown
            shapes = [name for least, name in self.app.HORIZONTAL_BREAKPOINTS or () if self.app.size.width >= least]
            self.add_class(*shapes[-1:], update=False)  # it is styled when it is shown
            self.set_class(self.kiosk.sight.lettering is Lettering.LARGE, LARGE, update=False)

    @property
    def kiosk(self) -> KioskApp:
        """The application."""
        return cast("KioskApp", self.app)

    @property
    def speech(self) -> Speech:
        """The language of the moment."""
        return self.kiosk.speech

    @property
    def house(self) -> House:
        """The location."""
        return self.kiosk.desk.house()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The ground alone: Textual need not look for borders each time anything on the glass changes."""
        return even_ground(self, crop)

    def _screen_resized(self, size: Size) -> None:
        """Lay it out, unless it is laid out for this size: Textual (8.2.8) does so as the screen comes up, and again,
        with home below it, when the screen is told the size that it was given."""
        if size != self._compositor.size:
            super()._screen_resized(size)

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Add nothing: Textual would mount its tooltip and its toasts with each screen, and a kiosk shows neither."""

    def on_unmount(self) -> None:
        """Let go of all that was drawn.

        Textual (8.2.8) keeps the drawings of up to 1024 widgets that are gone, in a cache that is keyed by the widget's
        own: some hundred megabytes, through which every full collection of garbage goes.
        """
        StylesCache.get_inner_outer.cache_clear()

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """The camera reads codes where they count. A screen that comes up for the first time has just been styled, and
        need not be again."""
        if not self._has_been_up:
            self._has_been_up, event.refresh_styles = True, False
        if self.takes_codes or self.tries_camera:
            self.kiosk.scanner.resume()
        else:
            self.kiosk.scanner.pause()

    def on_key(self, event: events.Key) -> None:
        """Keys may come faster than screens change, from a scanner that types: one meant for the next screen goes
        there."""
        event.stop()
        if event.key == "ctrl+q" and self.kiosk.rehearsal is not None:
            self.app.exit()  # a demonstration has an end; a kiosk has not
            return
        if event.key == STAFF_KEY:
            self.kiosk.staff_door.knock()
            return
        current = self.app.screen
        if current is self and self.has_shortcuts:
            event = shortcut_of(event)
        if current is self and event.key in SIGHT_KEYS:
            self.see_otherwise(event.key)
        elif current is self:
            if not self._is_typed(event):
                self.key_pressed(event)
        elif isinstance(current, KioskScreen):
            current.post_message(events.Key(event.key, event.character))

    @property
    def has_shortcuts(self) -> bool:
        """Whether `*`, `/`, `+` and `-` stand for choices here. Where text is typed they are meant as they are."""
        return not self.query(Keyboard)

    def _is_typed(self, event: events.Key) -> bool:
        """Whether a key of a real keyboard types here, where the page has a keyboard: nothing on it has the focus."""
        return any(keyboard.take_key(event) for keyboard in self.query(Keyboard))

    def see_otherwise(self, key: str) -> None:
        """High contrast or large text, or neither again: on every screen, by a key of its own."""
        if key == CONTRAST_KEY:
            self.kiosk.sight.toggle_contrast()
        else:
            self.kiosk.sight.toggle_lettering()

    def key_pressed(self, event: events.Key) -> None:
        """A key for this screen. Escape is Back; a screen that knows more keys asks here for the rest."""
        if event.key == "escape":
            self.post_message(WentBack(self))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """A touch where nothing else is may be one on the clock."""
        self.kiosk.staff_door.touched(event, self.size)

    def tries_out(self, shown: Shown) -> bool:
        """Take what was shown for a test of the camera or reader; whether this screen does. Then nobody else gets
        it."""
        return False

    def lead_to(self, screen: KioskScreen) -> None:
        """Put another screen over this one: once, since a second touch may be on its way already."""
        if self.app.screen is self:
            self.app.push_screen(screen)

    def give_way_to(self, screen: KioskScreen) -> None:
        """Put another screen in the place of this one, once."""
        if self.app.screen is self:
            self.app.switch_screen(screen)

    def notice(self, words: str) -> None:
        """Say something for some seconds, in place of other words. Nothing else changes, and nobody has to answer."""
        if not self.notice_place or not self.is_mounted:
            return
        place = self.query_one(self.notice_place, PlainText)
        if self._notice_ends is not None:
            self._notice_ends.stop()
        if not self.noticed:
            self._gave_way = place.text
        self.noticed = words
        place.say(words)
        place.add_class("-notice")
        self._notice_ends = self.set_timer(NOTICE_SECONDS, self._end_notice)

    def _end_notice(self) -> None:
        place = self.query_one(self.notice_place, PlainText)
        place.remove_class("-notice")
        if place.text == self.noticed:  # other words may have come meanwhile, and are newer
            place.say(self._gave_way)
        self.noticed = ""

    def answer_is_due(self) -> None:
        """The desk has been asked for an answer, which will not be long. What can wait until then may."""

    def thinking(self) -> None:
        """The desk has been asked and has not answered yet. Screens that can, show it."""
