"""The camera on the glass: its picture, and under it one line that helps to hold a code right."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.app import ComposeResult
from textual.timer import Timer

from kiosk.desk.frames import Hint
from kiosk.desk.ports import CodeScanner
from kiosk.i18n.camera import hint_words, locked_words, resting_words
from kiosk.i18n.speech import Speech
from kiosk.ui.widgets.pictogram import Form, Pictogram
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.ready import Column
from kiosk.ui.widgets.view_finder import ViewFinder
from kiosk.ui.widgets.words import PlainText

FRAMES_A_SECOND = 11
"""How often the newest picture is shown: enough to aim with, and a fifth of what a screen could show."""

NOTICE_SECONDS = 4.0
"""How long a notice stays under the picture."""


class CameraView(Column):
    """Looks at the scanner while it is on the glass; hidden, or told to rest, it has no timer and does no work."""

    DEFAULT_CSS = """
    CameraView { width: 1fr; height: 1fr; }
    CameraView ViewFinder { width: 1fr; height: 1fr; }
    CameraView #resting { width: 1fr; height: 1fr; background: $panel; align: center middle; padding: 0 2; }
    CameraView #resting Pictogram { width: 100%; height: 5; color: $text-muted; background: $panel; }
    CameraView #resting-words { width: 1fr; height: auto; text-align: center; margin-top: 1; }
    CameraView #hint-line { width: 1fr; height: 1; text-align: center; text-style: bold; }
    CameraView #hint-line.-locked { background: $welcome; color: $on-welcome; }
    CameraView #hint-line.-hint { background: $notice; color: $on-notice; }
    """

    def __init__(
        self,
        scanner: CodeScanner,
        speech: Speech,
        clock: Callable[[], float] = time.monotonic,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._scanner = scanner
        self._speech = speech
        self._clock = clock
        self._timer: Timer | None = None
        self._notice = ("", 0.0)
        self._saw_code = False
        self._finder = ViewFinder()
        self._resting = Column(id="resting")
        self._resting.display = False
        self._resting_words = PlainText(id="resting-words")
        self._line = PlainText(id="hint-line")

    def compose(self) -> ComposeResult:
        """The picture, what stands there without one, and the line."""
        yield self._finder
        with self._resting:
            yield Pictogram(Sign.CAMERA, rows=5, form=Form.BARE)
            yield self._resting_words
        yield self._line

    def on_mount(self) -> None:
        """Begin to look."""
        self.wake()

    def on_show(self) -> None:
        """On the glass again."""
        self.wake()

    def on_hide(self) -> None:
        """Not on the glass."""
        self.rest()

    @property
    def is_awake(self) -> bool:
        """Whether it looks."""
        return self._timer is not None

    def wake(self) -> None:
        """Look at the scanner, now and from now on."""
        if self._timer is None:
            self._timer = self.set_interval(1 / FRAMES_A_SECOND, self.look)
            self.look()

    def rest(self) -> None:
        """Look no more: another screen is on the glass."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def tell(self, words: str) -> None:
        """Show words in the line for some seconds, before any hint: such as that a code is none of ours."""
        self._notice = (words, self._clock() + NOTICE_SECONDS)
        if self.is_awake:
            self.look()

    def look(self) -> None:
        """Show what the scanner sees at this moment."""
        frame = self._scanner.latest
        sighting = None if frame is None else self._scanner.sighting
        had_seen, self._saw_code = self._saw_code, sighting is not None
        if self._saw_code and not had_seen and not self._resting.display:
            return  # an answer may be on its way, which to draw this would hold up; the next look shows the code
        finder, line = self._finder, self._line
        resting = resting_words(self._scanner.state, self._speech) if frame is None else ""
        if finder.display == bool(resting):
            finder.display, self._resting.display = not resting, bool(resting)
        self._resting_words.say(resting)
        finder.show(frame, sighting)
        notice = self._notice[0] if self._clock() < self._notice[1] else ""
        hint = Hint.NONE if frame is None else self._scanner.hint
        words = notice or hint_words(hint, self._speech)
        is_locked = sighting is not None and not words
        line.say(locked_words(self._speech) if is_locked else words)
        if line.display != (not resting or bool(words)):
            line.display = not line.display  # its row is needed where there is no picture
        # On the line alone: a class on all of this has every widget in it dressed anew, just before an answer.
        line.set_class(is_locked, "-locked")
        line.set_class(bool(words), "-hint")
