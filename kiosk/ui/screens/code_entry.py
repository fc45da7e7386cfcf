"""A visitor shows or types the code of their invitation: the camera is live beside the keys."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.frames import CameraState
from kiosk.ui.screens.entering import EnteringScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.camera_view import CameraView
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.entry import Entry
from kiosk.ui.widgets.keypad import Keypad
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText


class CodeEntryScreen(EnteringScreen):
    """The code on a keypad, or its QR code before the camera. A member's PIN is taken here as well."""

    def compose(self) -> ComposeResult:
        """The camera on the left, the keys on the right."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        with Horizontal(id="body"):
            with Vertical(id="side"):
                with Horizontal(id="heading"):
                    yield BigText(say("Your code"), rows=3, id="title")
                yield PlainText(self.prompt(), id="prompt")
                yield CameraView(self.kiosk.scanner, self.speech, id="finder")
                with Horizontal(id="foot"):
                    yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")
                    yield Entry(masked=True, id="entry")
            yield Keypad(enter_label=say("OK"), id="keypad")

    def on_mount(self) -> None:
        """Whoever comes here means to show a code now."""
        self.kiosk.scanner.forget()

    def on_screen_resume(self) -> None:
        """Look through the camera as long as this screen is up."""
        self.query_one(CameraView).wake()

    def on_screen_suspend(self) -> None:
        """Another screen is up: nobody sees the picture."""
        self.query_one(CameraView).rest()

    def answer_is_due(self) -> None:
        """Draw no more pictures: to draw one takes as long as to draw half an answer."""
        self.query_one(CameraView).rest()

    def thinking(self) -> None:
        """The answer takes time after all: look on, and say so."""
        self.query_one(CameraView).wake()
        super().thinking()

    def prompt(self) -> str:
        """What to do, as far as the camera allows."""
        if self.kiosk.scanner.state is CameraState.LIVE:
            return self.speech.say("Show your QR code here, or type it.")
        return super().prompt()
