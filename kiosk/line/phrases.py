"""Small parts of lines for people."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kiosk.line.commands import Choice


def numbered(choices: Mapping[Choice, str] | Mapping[str, str]) -> str:
    """Choices in one line: each number, then its words as a sentence."""
    return " ".join(f"{number} {sentence(words)}" for number, words in choices.items())


def sentence(text: str) -> str:
    """`text` with a full stop, unless it ends like a sentence already."""
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


_MARKS = re.compile(r"^\s*(?:#{1,6}|>)\s+|[*_]{2,}|`")


def unmarked(line: str) -> str:
    """A line of Markdown without the signs that a voice would read out: of headings, quotations, stress and code."""
    return _MARKS.sub("", line).strip()
