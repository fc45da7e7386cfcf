"""A member types their PIN."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.i18n.form_words import forgotten_words
from kiosk.ui.screens.entering import EnteringScreen
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.entry import Entry
from kiosk.ui.widgets.keypad import Keypad
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText


class MemberScreen(EnteringScreen):
    """The PIN on a keypad. The code of an invitation is taken here as well."""

    def compose(self) -> ComposeResult:
        """What to do on the left, the keys on the right."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        with Horizontal(id="body"):
            with Vertical(id="side"):
                yield BigText(say("Your PIN"), rows=4, id="title")
                yield PlainText(self.prompt(), id="prompt")
                yield Entry(masked=True, id="entry")
                with Horizontal(id="foot"):
                    yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")
                    yield Choice(say("Forgotten?"), look=Look.QUIET, big=False, id="forgotten")
            yield Keypad(enter_label=say("OK"), id="keypad")

    @on(Choice.Chosen, "#forgotten")
    def _forgotten(self) -> None:
        self._help()

    def key_pressed(self, event: events.Key) -> None:
        """F3 is for whoever has forgotten it."""
        if event.key == "f3":
            self._help()
        else:
            super().key_pressed(event)

    def _help(self) -> None:
        self.lead_to(HelpScreen(self.speech.say("PIN forgotten?"), forgotten_words(self.house, self.speech)))
