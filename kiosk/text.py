"""People's text, cleaned where it enters.

Names, hosts, companies, reasons and server messages are data from strangers. Left alone they can carry terminal
escapes, right-to-left overrides that reorder a sentence, or ten thousand characters. Every border (server answers, key
presses, scans, standard input) passes them through here once; nothing further in has to worry.

This is the floor that every room stands on: it imports none of them.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import BeforeValidator

NAME_LENGTH = 120
"""Characters kept of a person's, company's or place's name."""

SENTENCE_LENGTH = 400
"""Characters kept of a message, reason or note."""

# Format characters (Cf) reorder or hide text. Two of them are letters' own joiners, without which Persian and the
# scripts of India are misspelt, and a third glues emoji and names: they stay.
_JOINERS = frozenset("\u200c\u200d\u2060")
_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")


def to_be_said(sentence: str) -> str:
    """Mark a sentence that people see and that is put into their language elsewhere, so that the catalogues get it.

    Returns:
        The sentence as it is: in English, the key under which the catalogues have it.
    """
    return sentence


def printable(text: str) -> str:
    """Return `text` with spaces for its line breaks and tabs, and without its control, format, private-use and
    unassigned characters and lone surrogates."""
    kept: list[str] = []
    for char in text:
        if char in _BREAKS:
            kept.append(" ")
        elif char in _JOINERS or unicodedata.category(char)[0] != "C":
            kept.append(char)
    return "".join(kept)


def clean(text: str, limit: int = NAME_LENGTH) -> str:
    """Return `text` as one bounded line of printable characters.

    Normalised to NFC; only what is `printable`; runs of white space are one space; cut to `limit` characters with an
    ellipsis.
    """
    # Normalised last, since a letter and an accent may have met only now.
    line = " ".join(unicodedata.normalize("NFC", printable(text[: limit * 8])).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _clean_name(value: object) -> object:
    return clean(value, NAME_LENGTH) if isinstance(value, str) else value


def _clean_sentence(value: object) -> object:
    return clean(value, SENTENCE_LENGTH) if isinstance(value, str) else value


Name = Annotated[str, BeforeValidator(_clean_name)]
"""A pydantic field for a name: cleaned, at most `NAME_LENGTH` characters."""

Sentence = Annotated[str, BeforeValidator(_clean_sentence)]
"""A pydantic field for a message or reason: cleaned, at most `SENTENCE_LENGTH` characters."""
