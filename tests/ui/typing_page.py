"""A page with a question that is answered by typing, for tests, and for looking at it on a display:
`python -m tests.ui.typing_page --layout qwertz --layer email`."""

from __future__ import annotations

import argparse
from pathlib import Path

from textual import on
from textual.app import ComposeResult

import kiosk.ui.app
from kiosk.i18n.speech import Speech
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.keyboard_layouts import Layer, Layout, Typing
from kiosk.ui.widgets.shift import Capitals
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typing_place import TypingPlace
from tests.ui.desk import FakeScanner, ScriptedDesk

QUESTIONS = {
    Layer.LETTERS: ("Your first name", "Ada", "As your host knows you."),
    Layer.SYMBOLS: ("Your first name", "Ada", ""),
    Layer.EXACT: ("Your password", "", ""),
    Layer.SIGNS: ("Your password", "", ""),
    Layer.EMAIL: ("Your e-mail", "ada@example.com", "Your host sees it, nobody else."),
    Layer.PHONE: ("Your phone number", "612 345 678", "With the country code if it is not from here."),
}


class TypingPage(KioskScreen):
    """One question."""

    def __init__(self, layout: Layout = Layout.QWERTY, layer: Layer = Layer.LETTERS, text: str = "") -> None:
        super().__init__()
        question, placeholder, hint = QUESTIONS[layer]
        self.field = TextField(text, placeholder=placeholder)
        self.keyboard = Keyboard(self.field, Typing(layout), layer=layer, capitals=Capitals.NAMES, id="keyboard")
        self.answers: list[str] = []
        """What has been given, in its order."""
        self.went_back = 0
        """How often the way back was taken."""
        self.place = TypingPlace(question, self.field, self.keyboard, Speech(), hint=hint, progress="2 / 5")

    def compose(self) -> ComposeResult:
        """The page, as a form has it."""
        yield StatusBar(self.kiosk.desk, self.speech)
        yield self.place

    @on(Keyboard.Done)
    def _done(self) -> None:
        self.answers.append(self.field.text)
        if len(self.field.text) < 2:
            self.place.complain("Please give at least two letters.")

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.went_back += 1


class TypingKiosk(KioskApp):
    """The kiosk, on that page."""

    CSS_PATH = [Path(kiosk.ui.app.__file__).parent / name for name in KioskApp.CSS_PATH]  # noqa: RUF012 - as Textual

    def __init__(self, page: TypingPage) -> None:
        super().__init__(ScriptedDesk(), FakeScanner(), Speech(), Patience(idle=86_400))
        self.page = page

    def on_ready(self) -> None:
        """Straight to the question."""
        self.push_screen(self.page)


def main() -> None:
    """Show the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--layout", type=Layout, default=Layout.QWERTY)
    parser.add_argument("--layer", type=Layer, default=Layer.LETTERS)
    parser.add_argument("--text", default="")
    wanted = parser.parse_args()
    TypingKiosk(TypingPage(wanted.layout, wanted.layer, wanted.text)).run()


if __name__ == "__main__":
    main()
