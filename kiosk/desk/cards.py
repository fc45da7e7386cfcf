"""The numbers of cards and key fobs, which every reader types in its own way.

| as a reader types it, or as Nexudus holds it | what becomes of it |
| --- | --- |
| `0012345678`, `12345678` | a decimal number; zeros before it do not count |
| `BC614E`, `00:bc:61:4e`, `00 BC 61 4E`, `0xBC614E` | a hexadecimal number, told by its letters, in either case |
| `123,47672` | the card's printed form, site and number: 123 x 65536 + 47672, as in decimal |
| `;0012345678?`, `%12345678?` | the marks around a magnetic stripe's tracks do not count |
| `MEMBER-0042` | any other text by its letters and digits, in either case |
| nothing but zeros, more than 64 characters, nothing at all | no card |

Digits alone are never read as hexadecimal: `12345678` is one card, and taken for two it might be another member's. A
reader that types digits backwards, or the bytes in another order, has to be set to the order that Nexudus holds.
"""

from __future__ import annotations

import re

LONGEST_CARD = 64
"""Characters of a card's number that are looked at."""

_SEPARATORS = re.compile(r"[\s:.\-_]+")
_HEXADECIMAL = re.compile(r"(?:0x)?([0-9a-f]{6,})", re.ASCII)
_PRINTED = re.compile(r"([0-9]{1,3}),([0-9]{1,5})", re.ASCII)
_PUNCTUATED = re.compile(r"(?:[0-9a-f]{2}[:.]){3,}[0-9a-f]{2}|[;%+]?[0-9]{4,40}\?", re.ASCII | re.IGNORECASE)


def card_key(text: str) -> str | None:
    """The one form of a card's number, by which all its other forms are found; None if it is none."""
    bare = text.strip().casefold().lstrip(";%+").rstrip("?")
    if not bare or len(bare) > LONGEST_CARD or not bare.isascii():
        return None
    if (printed := _printed_number(bare)) is not None:
        return str(printed) if printed else None
    joined = _SEPARATORS.sub("", bare)
    if not joined.isalnum():
        return None
    if joined.isdigit():
        return joined.lstrip("0") or None
    hexadecimal = _HEXADECIMAL.fullmatch(joined)
    return str(int(hexadecimal[1], 16)) if hexadecimal else joined


def punctuated_card(text: str) -> str | None:
    """The plain form of a card's number that is typed with signs between or around, which no other code has; None for
    any other text. Blanks are no such signs: people type PINs in groups."""
    bare = text.strip()
    if _PUNCTUATED.fullmatch(bare) or _printed_number(bare) is not None:
        return card_key(bare)
    return None


def _printed_number(text: str) -> int | None:
    found = _PRINTED.fullmatch(text)
    if found is None:
        return None
    site, number = int(found[1]), int(found[2])
    return site * 0x10000 + number if site <= 0xFF and number <= 0xFFFF else None
