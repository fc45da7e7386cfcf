"""Answers to choose from while typing: a row of cards between the field and the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from kiosk.ui.widgets.choice import Choice, Look


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer.

    Attributes:
        key: What it stands for, told back when it is chosen.
        label: Its words, which are data.
        look: How much it asks for attention.
    """

    key: str
    label: str
    look: Look = Look.PLAIN


class Offers(Horizontal):
    """So many places for answers; those that are not needed keep their room, so that nothing jumps while one types."""

    class Taken(Message):
        """An answer was chosen."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, places: int, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._places = places

    def compose(self) -> ComposeResult:
        """All places, empty."""
        for place in range(self._places):
            choice = Choice("", look=Look.PLAIN, big=False, id=f"offer-{place}")
            choice.visible = False
            yield choice

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show these, as many as there are places for."""
        for place, choice in enumerate(self.query(Choice)):
            choice.visible = place < len(offers)
            if choice.visible:
                one = offers[place]
                choice.key, choice.label, choice.look = one.key, one.label, one.look
            else:
                choice.key, choice.label = "", ""

    @on(Choice.Chosen)
    def _chosen(self, message: Choice.Chosen) -> None:
        """Other answers may have come since the tap: it is for the one that was shown then."""
        message.stop()
        if message.key:
            self.post_message(self.Taken(message.key))
