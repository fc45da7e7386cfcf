"""Small parts of lines for people."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.line.commands import Choice


def numbered(choices: Mapping[Choice, str] | Mapping[str, str]) -> str:
    """Choices in one line: each number, then its words as a sentence."""
    return " ".join(f"{number} {sentence(words)}" for number, words in choices.items())


def sentence(text: str) -> str:
    """`text` with a full stop, unless it ends like a sentence already."""
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."
