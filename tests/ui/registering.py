"""Somebody who registers on the glass by touch alone."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from kiosk.desk.house import Texts
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import PersonKind
from kiosk.desk.visit_form import Asking, VisitForm
from kiosk.ui.app import Patience
from kiosk.ui.screens.host import HostScreen
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.keyboard_layouts import Action
from kiosk.ui.widgets.text_field import TextField
from tests.ui.desk import AWAITED
from tests.ui.lobby import Lobby

SHORT = VisitForm(host=Asking.OPTIONAL)
"""Name, address and host."""

TERMS = "# House rules\n\nStay with your **host**.\n\n* No smoking\n* No [/red]markup[/]"


class Visitor(Lobby):
    """The hands of a visitor without a code."""

    taps = 0

    async def touch_at(self, x: int, y: int) -> None:
        """Count every touch."""
        self.taps += 1
        await super().touch_at(x, y)

    async def come(self) -> None:
        """From home to the first question."""
        await self.touch("#visitor")
        await self.touch("#no")

    async def spell(self, text: str) -> None:
        """Touch the keys of a text, as far as they are on the layer that shows, as fast as fingers can."""
        places = [self._place_of({" ": str(Action.SPACE)}.get(letter, letter)) for letter in text.lower()]
        self.taps += len(places)
        await self.send("".join(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m" for x, y in places))

    async def done(self) -> None:
        """Touch the key that ends the answer."""
        await self._touch_zone(str(Action.DONE))

    async def answer(self, text: str) -> None:
        """Spell it, and end it."""
        await self.spell(text)
        await self.done()

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.app.screen.query_one(TextField).text

    def with_terms(self) -> Visitor:
        """At a location that has some."""
        self.desk.location = replace(self.desk.location, texts=Texts(terms=TERMS))
        return self

    async def _touch_zone(self, zone: str) -> None:
        await self.touch_at(*self._place_of(zone))

    def _place_of(self, zone: str) -> tuple[int, int]:
        keyboard = self.app.screen.query_one(Keyboard)
        region = keyboard.zone_region(zone).translate(keyboard.content_region.offset)
        return region.x + region.width // 2, region.y + region.height // 2


def registered(name: str = "Grace Hopper") -> Outcome:
    """A visitor who is checked in."""
    return Outcome(OutcomeKind.WELCOME, name, PersonKind.VISITOR, "Zoë Lindqvist", event=uuid4(), word=AWAITED)


def visitor(form: VisitForm = SHORT, patience: Patience | None = None) -> Visitor:
    """Somebody at a location with such a form."""
    lobby = Visitor(patience) if patience is not None else Visitor()
    lobby.desk.location = replace(lobby.desk.location, visit_form=form)
    lobby.desk.outcome = registered()
    return lobby


async def to_the_host(lobby: Visitor) -> None:
    """Fill in what comes before the host, on a keyboard of one's own."""
    await lobby.come()
    await lobby.send("grace@navy.org\r")
    await lobby.send("Grace\r")
    await lobby.send("Hopper\r")
    lobby.on_screen(HostScreen)


def drawn(lobby: Visitor) -> str:
    """What stands on the glass."""
    return "\n".join(
        "".join(segment.text for segment in strip) for strip in lobby.app.screen._compositor.render_strips()
    )
