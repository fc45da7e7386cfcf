"""The first page of a kiosk that has not been set up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.ui.screens.setup.page import SetUpPage
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.findings import Finding, Findings, Mark
from kiosk.ui.widgets.words import PlainText


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the kiosk speaks.

    Attributes:
        code: As gettext knows it.
        name: Its own name for itself.
    """

    code: str
    name: str


class WelcomePage(SetUpPage):
    """What it takes, in which language, and how to begin."""

    times_out: ClassVar[bool] = False

    def __init__(
        self,
        needs: Sequence[str],
        begin: Callable[[], None],
        languages: Sequence[Language],
        speak: Callable[[str], None],
    ) -> None:
        """Make the page.

        Args:
            needs: What it takes, a sentence each.
            begin: Called to go on.
            languages: To choose from; with fewer than two there is nothing to choose.
            speak: Called with the code of the language that was chosen.
        """
        super().__init__()
        self._needs = needs
        self._begin = begin
        self._languages = languages if len(languages) > 1 else ()
        self._speak = speak

    def compose(self) -> ComposeResult:
        """The heading, what is needed, and the languages."""
        say = self.speech.say
        yield self.bar()
        with Vertical(id="greeting"):
            yield BigText(say("Welcome"), rows=4, align="center", id="title")
            yield PlainText(say("This kiosk is not set up yet. You need:"), id="subtitle")
        yield Findings([Finding(Mark.NOTE, said=need) for need in self._needs], id="needs")
        with Horizontal(id="tongues"):
            for language in self._languages:
                spoken = self.speech.language == language.code
                look = Look.PLAIN if spoken else Look.QUIET
                label = f"✓ {language.name}" if spoken else language.name
                yield Choice(label, look=look, big=False, key=language.code, classes="tongue")
        with self.deeds():
            yield Choice(say("Set up"), look=Look.PRIMARY, id="begin")

    @on(Choice.Chosen, "#begin")
    def _begun(self) -> None:
        if self.is_current:
            self._begin()

    @on(Choice.Chosen, ".tongue")
    def _chosen(self, message: Choice.Chosen) -> None:
        if self.is_current:
            self._speak(message.key)

    def key_pressed(self, event: events.Key) -> None:
        """Enter and F1 begin."""
        if event.key in ("enter", "f1"):
            self._begun()
