"""A large choice: a card with a label, to be tapped."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import ClassVar

from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from kiosk.text import clean
from kiosk.ui.widgets.cards import card_colours
from kiosk.ui.widgets.face import Face, Neighbours, face_strips, neighbours_of
from kiosk.ui.widgets.pictograms import LEAST_ROWS, Sign
from kiosk.ui.widgets.shapes import terminal_repertoire
from kiosk.ui.widgets.touch import TouchSurface


class Look(StrEnum):
    """How much a choice asks for attention."""

    PRIMARY = "primary"
    """In the accent colour: the one that most people want. At most one on a screen."""
    PLAIN = "plain"
    """A card of its own."""
    QUIET = "quiet"
    """Set into the ground: always there, seldom needed."""


ZONE = "choice"
"""The one zone that a choice has."""


class Choice(TouchSurface):
    """A card with a label, and perhaps a sign and a hint. A tap posts `Chosen`.

    A high card has its sign above the label, a low one beside it. Where large letters do not fit, the label is bold in
    the terminal's own. Label and hint are data, whatever they contain.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--primary", "choice--plain", "choice--quiet"}

    DEFAULT_CSS = """
    Choice {
        width: 1fr;
        height: 5;
        min-width: 8;
        min-height: 3;
    }
    Choice > .choice--primary {
        background: $primary;
        color: $button-color-foreground;
    }
    Choice > .choice--plain {
        background: $surface;
        color: $foreground;
    }
    Choice > .choice--quiet {
        background: $panel;
        color: $foreground;
    }
    """

    label: reactive[str] = reactive("")
    """What is chosen, as plain text."""

    hint: reactive[str] = reactive("")
    """A few words below it, as plain text."""

    look: reactive[Look] = reactive(Look.PRIMARY)
    """How much it asks for attention."""

    class Chosen(Message):
        """The choice was tapped."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice
            """The choice."""
            self.key = choice.key
            """What it stood for when it was tapped: by now it may stand for something else."""

        @property
        def control(self) -> Choice:
            """The choice, for `@on` with a selector."""
            return self.choice

    def __init__(
        self,
        label: str,
        hint: str = "",
        *,
        look: Look = Look.PRIMARY,
        big: bool = True,
        icon: Sign | None = None,
        key: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make a choice.

        Args:
            label: What is chosen.
            hint: A few words below it.
            look: How much it asks for attention.
            big: Whether the label is in large letters where they fit.
            icon: A sign to go with the label.
            key: What it stands for, where that changes while it is shown.
            id: As for any widget.
            classes: As for any widget.
        """
        super().__init__(id=id, classes=classes)
        self.set_reactive(Choice.label, label)
        self.set_reactive(Choice.hint, hint)
        self.set_reactive(Choice.look, look)
        self.key = key
        """What it stands for now."""
        self._big = big
        self._icon = icon

    def show_pressed(self) -> None:
        """Light the card for a moment, as when its key is pressed on a keyboard."""
        self.flash(ZONE)

    def zone_at(self, at: Offset) -> str | None:
        return ZONE if self.size.region.contains_point(at) else None

    def zone_region(self, zone: str) -> Region:
        return self.size.region

    def tapped(self, zone: str) -> None:
        self.post_message(self.Chosen(self))

    def render_line(self, y: int) -> Strip:
        colours = card_colours(self, f"choice--{self.look}", raised=self.look is not Look.QUIET)
        shown = colours.pressed if self.is_lit(ZONE) else colours
        face = self._face
        if face.big and self.size.height >= LEAST_ROWS:
            face = replace(face, neighbours=self._neighbours())
        strips = face_strips(face, self.size.width, self.size.height, shown, terminal_repertoire())
        return strips[y] if y < len(strips) else Strip.blank(self.size.width)

    @property
    def _face(self) -> Face:
        large = self.screen.has_class("-large")
        return Face(clean(self.label), clean(self.hint), self._icon, self._big or large, large)

    def _neighbours(self) -> Neighbours:
        """What all choices beside this one have room for: those with more do not shout louder."""
        beside = self.parent.children if self.parent is not None else [self]
        choices = [one for one in beside if isinstance(one, Choice) and one.display]
        return neighbours_of(tuple((one._face, *one.size) for one in choices), terminal_repertoire())
