"""The status line: where this is, how the line is, what time it is there."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult

from kiosk.desk.ports import FrontDesk, LineStatus, Link
from kiosk.i18n.calendar import clock_words
from kiosk.i18n.sentences import status_words
from kiosk.i18n.speech import Speech
from kiosk.ui.present_time import TellsTime, device_time
from kiosk.ui.widgets.ready import Row
from kiosk.ui.widgets.words import PlainText

_MARKS = {Link.UNTRIED: "◌", Link.ONLINE: "●", Link.OFFLINE: "○", Link.SIGN_IN: "▲"}


class StatusBar(Row):
    """One row that keeps itself true. The state is told by a sign and by words, never by colour alone."""

    def __init__(self, desk: FrontDesk, speech: Speech) -> None:
        super().__init__()
        self._desk = desk
        self._speech = speech

    def compose(self) -> ComposeResult:
        """Place, line, clock."""
        yield PlainText(id="place")
        yield PlainText(id="line")
        yield PlainText(id="clock")

    def on_mount(self) -> None:
        """Look often enough that nobody sees it lag."""
        self._look()
        self.set_interval(0.5, self._look)

    def on_resize(self) -> None:
        """How much fits is known now."""
        self._look()

    def _look(self) -> None:
        house, status = self._desk.house(), self._desk.status()
        self.query_one("#place", PlainText).say(house.name)
        words = self._line_words(status)
        self.query_one("#line", PlainText).say(words)
        # A third of the row is the line's, unless it has more to say.
        width = self.content_size.width
        self.set_class(0 < width < 3 * cell_len(words), "-much")
        now = (self.app.tell_time if isinstance(self.app, TellsTime) else device_time)()
        self.query_one("#clock", PlainText).say(clock_words(now, house) if now is not None else "")

    def _line_words(self, status: LineStatus) -> str:
        ending = status.link is Link.ONLINE and status.sign_in_ends is not None
        mark = _MARKS[Link.SIGN_IN if ending else status.link]
        return f"{mark} {status_words(status, self._speech)}"
