"""What the pages of the staff corner share."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widget import Widget

from kiosk.desk.ports import NotRecorded
from kiosk.desk.staff import NotPossible
from kiosk.desk.staff_desk import StaffDesk
from kiosk.ui.messages import WentBack
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText

T = TypeVar("T")

UPRIGHT_BELOW = 60
"""Columns of a glass below which it stands upright."""


class StaffPage(KioskScreen):
    """A heading, a line of what there is to say, the page itself, and a foot with the way back at its left.

    Whoever walks away is asked as on any page, and then it is home: the corner is locked again.
    """

    takes_codes: ClassVar[bool] = False
    is_form: ClassVar[bool] = True
    notice_place: ClassVar[str] = "#about"

    @property
    def staff(self) -> StaffDesk:
        """What the pages ask."""
        return self.kiosk.staff_door.staff.desk

    @property
    def is_upright(self) -> bool:
        """Whether the glass is higher than wide."""
        return self.app.size.width < UPRIGHT_BELOW

    def heading(self) -> str:
        """What the page is called."""
        raise NotImplementedError

    def about(self) -> str:
        """What there is to say at first."""
        return ""

    def body(self) -> ComposeResult:
        """The page itself."""
        raise NotImplementedError

    def acts(self) -> ComposeResult:
        """What can be done here, as low choices."""
        return ()

    def turns(self) -> ComposeResult:
        """What stands beside the way back."""
        yield PlainText("", id="hint")

    def compose(self) -> ComposeResult:
        """The parts, each where it always is."""
        yield StatusBar(self.kiosk.desk, self.speech)
        yield BigText(self.heading(), rows=3, id="title")
        yield PlainText(self.about(), id="about")
        yield Container(*self._made(self.body()), id="staff-body")
        acts = self._made(self.acts())
        with Container(id="foot", classes="-acts" if acts else ""):
            with Horizontal(id="ways"):
                yield Choice(self.speech.say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")
                yield from self.turns()
            if acts:
                yield Horizontal(*acts, id="acts")

    def act(self, label: str, id: str, look: Look = Look.PLAIN, icon: Sign | None = None) -> Choice:
        """A low choice for the foot."""
        return Choice(label, look=look, big=False, icon=icon, id=id)

    def tell(self, words: str) -> None:
        """Say something until something else is said."""
        self.query_one("#about", PlainText).say(words)

    async def tried(self, asked: Awaitable[T]) -> T | None:
        """What was asked for; None where it cannot be done, which is said."""
        try:
            return await self.kiosk.staff_door.carry_out(self, asked)
        except (NotPossible, NotRecorded) as error:
            self.tell(f"▲ {error}")
            return None

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    def _made(self, parts: ComposeResult) -> list[Widget]:
        return list(parts)
