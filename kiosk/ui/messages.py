"""What screens tell the application. Past tense: something has happened, and the application decides what follows."""

from __future__ import annotations

from uuid import UUID

from textual.message import Message

from kiosk.desk.credentials import Code


class CodeOffered(Message):
    """Somebody showed a credential; None stands for something that can be no code."""

    def __init__(self, code: Code | None) -> None:
        super().__init__()
        self.code = code


class UndoAsked(Message):
    """Somebody wants to take back what they just did."""

    def __init__(self, event: UUID) -> None:
        super().__init__()
        self.event = event


class Finished(Message):
    """This person is done: home, and everything of theirs is wiped."""


class WentBack(Message):
    """One step back."""
