"""The last pages: a look through the camera and at Bluetooth, and that all is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.adverts import RadioStanding
from kiosk.i18n.set_up_words import radio_words
from kiosk.ui.screens.setup.page import SetUpPage
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.camera_view import CameraView
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictogram import Pictogram
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.words import PlainText

SECONDS_BETWEEN_LOOKS = 1.0
"""How often it is looked how Bluetooth stands."""


class SightPage(SetUpPage):
    """What the camera sees, and what Bluetooth hears. Neither is needed, so one may go on whatever they say."""

    tries_camera: ClassVar[bool] = True
    times_out: ClassVar[bool] = False

    def __init__(self, radio: Callable[[], RadioStanding] | None, go_on: Callable[[], None], progress: str) -> None:
        super().__init__(progress)
        self._radio = radio
        self._go_on = go_on

    def compose(self) -> ComposeResult:
        """The picture beside what to try."""
        say = self.speech.say
        yield self.bar()
        with Horizontal(id="sight"):
            yield CameraView(self.kiosk.scanner, self.speech, id="finder")
            with Vertical(id="tries"):
                yield BigText(say("Try it"), rows=3, id="title")
                yield PlainText(say("Hold any QR code up to the camera: it is marked when it is read."), id="camera")
                yield PlainText(self._heard(), id="radio")
        with self.deeds():
            yield self.back_choice()
            yield Choice(say("Next"), look=Look.PRIMARY, big=False, id="next")

    def on_mount(self) -> None:
        """Keep an eye on Bluetooth."""
        self.set_interval(SECONDS_BETWEEN_LOOKS, self._look)

    def on_screen_resume(self) -> None:
        """Look through the camera as long as this page is up."""
        for view in self.query(CameraView):
            view.wake()

    def on_screen_suspend(self) -> None:
        """Another page is up: nobody sees the picture."""
        for view in self.query(CameraView):
            view.rest()

    @on(Choice.Chosen, "#next")
    def _next(self) -> None:
        if self.is_current:
            self._go_on()

    def key_pressed(self, event: events.Key) -> None:
        """Enter goes on."""
        if event.key == "enter":
            self._next()
        else:
            super().key_pressed(event)

    def _look(self) -> None:
        self.query_one("#radio", PlainText).say(self._heard())

    def _heard(self) -> str:
        return "" if self._radio is None else radio_words(self._radio(), self.speech)


class DonePage(SetUpPage):
    """All is done, or not yet: one touch, and it goes on."""

    times_out: ClassVar[bool] = False

    def __init__(
        self, title: str, sentence: str, label: str, done: Callable[[], None], progress: str, sign: Sign = Sign.TICK
    ) -> None:
        """Make the page.

        Args:
            title: How it stands, in a word.
            sentence: What that means.
            label: What the one touch does.
            done: Called for it.
            progress: How far one is.
            sign: Tells it without words.
        """
        super().__init__(progress)
        self._sign = sign
        self._title = title
        self._sentence = sentence
        self._label = label
        self._done = done

    def compose(self) -> ComposeResult:
        """The sign of how it stands, and the way on."""
        yield self.bar()
        with Vertical(id="calm"):
            yield Pictogram(self._sign, rows=6, id="picture")
            yield BigText(self._title, rows=4, align="center", id="title")
            yield PlainText(self._sentence, id="told")
        with self.deeds():
            yield self.back_choice()
            yield Choice(self._label, look=Look.PRIMARY, big=False, id="next")

    @on(Choice.Chosen, "#next")
    def _next(self) -> None:
        if self.is_current:
            self._done()

    def key_pressed(self, event: events.Key) -> None:
        """Enter goes on."""
        if event.key == "enter":
            self._next()
        else:
            super().key_pressed(event)
