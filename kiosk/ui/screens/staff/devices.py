"""The camera and Bluetooth, live: does it see a code, does it hear a badge?"""

from __future__ import annotations

import time
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.desk.payloads import Shown
from kiosk.desk.staff_desk import Act
from kiosk.i18n.staff_words import camera_words, radio_words, shown_words
from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.widgets.camera_view import CameraView
from kiosk.ui.widgets.words import Facts, PlainText

LOOK_SECONDS = 0.5
"""How often the words are made true."""


class DevicesPage(StaffPage):
    """Codes are read here and count for nobody: of each it is shown what kind it is, and nothing of what it holds."""

    takes_codes: ClassVar[bool] = True  # so that the camera reads; `tries_out` keeps what it reads from the desk

    def heading(self) -> str:
        """The test."""
        return self.speech.say("Camera, badges")

    def about(self) -> str:
        """What to do."""
        return self.speech.say("Hold up a code, or use the card reader. Nobody is checked in here.")

    def body(self) -> ComposeResult:
        """The picture, and what there is to say of it."""
        yield CameraView(self.kiosk.scanner, self.speech, id="staff-view")
        yield Vertical(
            Facts(id="camera-words"),
            Facts(id="read-words"),
            Facts(id="radio-words"),
            id="device-words",
        )

    def on_mount(self) -> None:
        """Begin to look."""
        self._look()
        self.query_one("#read-words", PlainText).say(self.speech.say("Nothing was read yet"))
        self.set_interval(LOOK_SECONDS, self._look)
        self.run_worker(self.staff.note(Act.DEVICE_TEST), group="note")

    def tries_out(self, shown: Shown) -> bool:
        """Show what kind of thing was read. It goes no further."""
        self.query_one("#read-words", PlainText).say(shown_words(shown, self.speech))
        return True

    def _look(self) -> None:
        self.query_one("#camera-words", PlainText).say(camera_words(self.staff.camera(), self.speech))
        heard = radio_words(self.staff.radio(), time.monotonic(), self.speech)
        self.query_one("#radio-words", PlainText).say(heard)
