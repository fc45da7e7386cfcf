"""A crowd at the glass: visits of every kind, one after the other, by touches alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from textual.screen import Screen

from kiosk.desk.house import Texts
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import PersonKind
from kiosk.desk.visit_form import Asking, VisitForm
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.still_there import StillThere
from kiosk.ui.screens.terms import TermsScreen
from kiosk.ui.widgets.keypad import ENTER, Keypad
from tests.ui.desk import AWAITED, welcome
from tests.ui.registering import TERMS, Visitor, registered

VISITS_IN_A_ROUND = 5


class Crowd(Visitor):
    """The hands of many people. Each leaves the kiosk at home, as they found it."""

    def __init__(self) -> None:
        super().__init__()
        self.desk.word_may_come.set()
        form = VisitForm(email=Asking.NO, host=Asking.NO)
        self.desk.location = replace(self.desk.location, visit_form=form)

    async def round(self) -> None:
        """A member comes, a member leaves, a visitor comes with a code, one without, and somebody walks away."""
        await self._by_pin(welcome())
        await self._by_pin(
            Outcome(OutcomeKind.GOODBYE, "Zoë Lindqvist", PersonKind.MEMBER, event=uuid4(), word=AWAITED)
        )
        await self._by_code()
        await self._without_code()
        await self._walk_away()
        self.desk.asked.clear()
        self.desk.filed.clear()

    async def settle(self) -> None:
        """Once is enough: each visit says what must be up by then."""
        await self.pilot.pause()
        await self.pilot.pause()

    async def touch_keys(self, keys: str) -> None:
        """All of them as fast as fingers can."""
        keypad = self.app.screen.query_one(Keypad)
        places = [
            keypad.zone_region({"E": ENTER}.get(key, key)).translate(keypad.content_region.offset) for key in keys
        ]
        middles = [(at.x + at.width // 2 + 1, at.y + at.height // 2 + 1) for at in places]
        await self.send("".join(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m" for x, y in middles))

    async def _by_pin(self, outcome: Outcome) -> None:
        self.desk.outcome = outcome
        await self.touch("#member")
        await self.touch_keys("4821E")
        await self._leave_result()

    async def _by_code(self) -> None:
        self.desk.outcome = registered()
        await self.touch("#visitor")
        await self.touch("#yes")
        await self.touch_keys("228904E")
        await self._leave_result()

    async def _without_code(self) -> None:
        self.desk.outcome = registered()
        self.desk.location = replace(self.desk.location, texts=Texts(terms=TERMS))
        await self.come()
        for answer in ("ada", "day"):
            await self.answer(answer)
        await self.until(TermsScreen)
        await self.touch("#agree")
        await self._leave_result()
        self.desk.location = replace(self.desk.location, texts=Texts())

    async def _walk_away(self) -> None:
        """The time is up at once, and nobody wants more of it."""
        await self.touch("#visitor")
        await self.touch("#yes")
        await self.touch_keys("22")
        self.app._touched -= self.app.patience.idle
        self.app._look_for_idleness()
        await self.settle()
        question = self.app.screen
        assert isinstance(question, StillThere)
        question._answer(more_time=False)
        await self.settle()
        self.on_screen(HomeScreen)

    async def _leave_result(self) -> None:
        await self.until(ResultScreen)
        await self.touch_at(40, 2)
        await self.until(HomeScreen)

    async def until(self, kind: type[Screen[Any]]) -> None:
        """Wait for a screen, which comes at once unless the machine is busy."""
        while not (isinstance(self.app.screen, kind) and self.app.screen.is_mounted):
            assert self.app.is_running
            await self.pilot.pause(0.01)
