"""Names as they are compared: without regard to case, accents and the letters that many keyboards do not have."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

# Letters that Unicode does not take apart into a base and an accent. ß is taken apart by the case folding.
_BASES = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n",
}  # fmt: skip
_APOSTROPHES = "'’‘ʼʻ`´"
_BETWEEN = '-‐‑‒–—―.,;:/\\|&+()[]{}<>"“”„«»!?¡¿_*@#%^=~·・'
_ACCENTS = "".join(map(chr, range(0x300, 0x370)))
_TABLE = str.maketrans({**_BASES, **dict.fromkeys(_APOSTROPHES + _ACCENTS), **dict.fromkeys(_BETWEEN, " ")})

_WORDLIKE = (
    (0x1100, 0x11FF), (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Han, kana and hangul, also taken apart."""


def fold(text: str) -> list[str]:
    """The words of a name, folded: `O'Brien-Łoś` is `["obrien", "los"]`."""
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
    folded = folded.translate(_TABLE)
    if not folded.isascii():  # the marks of other scripts, which are many
        folded = "".join(char for char in folded if not unicodedata.combining(char))
    return folded.split()


def joined(words: Sequence[str]) -> str:
    """Folded words as one text."""
    return " ".join(words)


def is_wordlike(text: str) -> bool:
    """Whether a character of it says as much as a word: names in such scripts are short and have no spaces."""
    return any(first <= ord(char) <= last for char in text for first, last in _WORDLIKE)
