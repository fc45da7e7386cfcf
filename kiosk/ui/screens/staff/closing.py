"""The kiosk is closed to visitors, with words of staff's own, and opened again."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult

from kiosk.desk.staff_desk import LONGEST_CLOSURE
from kiosk.i18n.calendar import moment_words
from kiosk.i18n.sentences import closed_words
from kiosk.ui.messages import WentBack
from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.shift import Capitals
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typing_place import TypingPlace
from kiosk.ui.widgets.words import PlainText


class ClosingPage(StaffPage):
    """Whether the kiosk is open, and the touch that changes it."""

    def heading(self) -> str:
        """The page."""
        return self.speech.say("Open or closed")

    def body(self) -> ComposeResult:
        """How it stands."""
        yield PlainText(id="facts")

    def acts(self) -> ComposeResult:
        """Open, or close, or close with words."""
        say = self.speech.say
        yield self.act(say("Own words"), "words")
        yield self.act(say("Close"), "close", Look.PRIMARY)
        yield self.act(say("Open"), "open", Look.PRIMARY)

    def on_screen_resume(self) -> None:
        """Seen, for the first time or again."""
        self._show()

    @on(Choice.Chosen, "#words")
    def _words(self) -> None:
        self.lead_to(ClosureWordsPage())

    @on(Choice.Chosen, "#close")
    def _close(self) -> None:
        self._set(is_open=False)

    @on(Choice.Chosen, "#open")
    def _open(self) -> None:
        self._set(is_open=True)

    @work(group="closing", exclusive=True)
    async def _set(self, is_open: bool) -> None:
        await self.tried(self.staff.open() if is_open else self.staff.close(""))
        self._show()

    def _show(self) -> None:
        say, closure = self.speech.say, self.house.closure
        if closure is None:
            words = say("The kiosk is open.\n\nClosed, it takes no codes and sends everybody to reception, until it is "
                        "opened here again. That survives a restart.")  # fmt: skip
        else:
            since = say(
                "Closed since {time}. Visitors read:", time=moment_words(closure.since, self.house, self.speech)
            )
            words = f"{since}\n\n{closed_words(self.house, self.speech)}"
        self.query_one("#facts", PlainText).say(words)
        self.query_one("#open").display = closure is not None
        self.query_one("#close").display = closure is None


class ClosureWordsPage(StaffPage):
    """The words that visitors read."""

    notice_place: ClassVar[str] = ""

    def compose(self) -> ComposeResult:
        """A keyboard, and what was written before."""
        say, closure = self.speech.say, self.house.closure
        field = TextField(closure.text if closure is not None else "", limit=LONGEST_CLOSURE, id="field")
        keyboard = Keyboard(
            field, self.kiosk.typing, capitals=Capitals.SENTENCE, done_label=say("Close"), id="keyboard"
        )
        yield StatusBar(self.kiosk.desk, self.speech)
        hint = say("Visitors read this while the kiosk is closed.")
        yield TypingPlace(say("Words for visitors"), field, keyboard, self.speech, hint=hint, id="place")

    def tell(self, words: str) -> None:
        """Say it beside the field."""
        self.query_one(TypingPlace).complain(words.removeprefix("▲ "))

    @on(Keyboard.Done)
    def _done(self) -> None:
        self._close(self.query_one("#field", TextField).text)

    @work(group="closing", exclusive=True)
    async def _close(self, text: str) -> None:
        if await self.tried(self._kept(text)):
            self.post_message(WentBack(self))

    async def _kept(self, text: str) -> bool:
        await self.staff.close(text)
        return True
