"""How the house greets everybody: its language and its colours."""

from __future__ import annotations

from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Grid

from kiosk.desk.staff_desk import Look as HouseLook
from kiosk.desk.staff_desk import Theme
from kiosk.i18n.staff_words import theme_words
from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign, letter_for


class LookPage(StaffPage):
    """A tile for each language and each theme; a tick, and not colour alone, tells what holds."""

    def heading(self) -> str:
        """The page."""
        return self.speech.say("Language and look")

    def about(self) -> str:
        """What it is for."""
        return self.speech.say("How the kiosk greets everybody who has chosen nothing else.")

    def body(self) -> ComposeResult:
        """The tiles."""
        tiles = [
            Choice("", look=Look.PLAIN, big=False, key=f"language-{one.language}", id=f"language-{one.language}")
            for one in self.kiosk.staff_door.staff.speeches
        ]
        tiles += [Choice("", look=Look.PLAIN, big=False, key=theme.value, id=f"theme-{theme.value}") for theme in Theme]
        yield Grid(*tiles, id="tiles")

    def on_mount(self) -> None:
        """Show what holds."""
        self._fill()

    @on(Choice.Chosen)
    def _chosen(self, message: Choice.Chosen) -> None:
        if message.key.startswith("language-"):
            self._set(replace(self._look, language=message.key.removeprefix("language-")))
        elif message.key:
            self._set(replace(self._look, theme=Theme(message.key)))

    @property
    def _look(self) -> HouseLook:
        return self.staff.look

    @work(group="look", exclusive=True)
    async def _set(self, look: HouseLook) -> None:
        if await self.tried(self._kept(look)):
            self.kiosk.staff_door.greet(look)
            self._fill()

    async def _kept(self, look: HouseLook) -> bool:
        await self.staff.set_look(look)
        return True

    def _fill(self) -> None:
        look = self._look
        language = look.language or self.kiosk.speech.language
        for one in self.kiosk.staff_door.staff.speeches:
            name = one.say("English")  # what a language calls itself stands for this in its catalogue
            self._mark(f"#language-{one.language}", name, one.language == language)
        for theme in Theme:
            self._mark(f"#theme-{theme.value}", theme_words(theme, self.speech), theme is look.theme)

    def _mark(self, selector: str, label: str, holds: bool) -> None:
        choice = self.query_one(selector, Choice)
        choice.label = f"{letter_for(Sign.TICK)} {label}" if holds else label
        choice.look = Look.PRIMARY if holds else Look.PLAIN
