"""Which keys a keyboard has and where they stand, as data: layouts, layers, and the accents of each letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Layout(StrEnum):
    """Where the letters stand."""

    QWERTY = "qwerty"
    QWERTZ = "qwertz"
    """German, with ü, ö, ä and ß."""
    AZERTY = "azerty"
    """French."""
    SPANISH = "spanish"
    """QWERTY with ñ."""


class Layer(StrEnum):
    """A set of keys; one shows at a time."""

    LETTERS = "letters"
    SYMBOLS = "symbols"
    """Digits and signs, a tap away from letters."""
    EMAIL = "email"
    """For an address: letters, @ and the endings that most addresses have."""
    PHONE = "phone"
    """Digits as on a telephone."""
    EXACT = "exact"
    """For what must be right to the sign, such as a password: letters as they are typed, small or large, and digits."""
    SIGNS = "signs"
    """Every sign that a password may have, a tap away from `EXACT`."""


class Action(StrEnum):
    """What a key does."""

    TYPE = "type"
    """Types its character."""
    END = "end"
    """Gives an address its ending."""
    SHIFT = "shift"
    LAYER = "layer"
    """Turns from letters to signs, and back."""
    ACCENT = "accent"
    """Turns the last letter into the next of its accents: a terminal does not report a finger that is held."""
    SPACE = "space"
    ERASE = "erase"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Key:
    """A key.

    Attributes:
        action: What it does.
        text: What it types, where it types something of its own.
        halves: Its width, in halves of a letter's.
    """

    action: Action
    text: str = ""
    halves: int = 2

    @property
    def zone(self) -> str:
        """Its name, of which there is one on a layer."""
        return self.text or self.action


@dataclass(frozen=True, slots=True)
class Typing:
    """How people type at a location.

    Attributes:
        layout: Where the letters stand.
        endings: Of e-mail addresses, the commonest first, such as "@gmail.com" and ".com".
    """

    layout: Layout = Layout.QWERTY
    endings: tuple[str, ...] = ("@gmail.com", "@outlook.com", "@hotmail.com", "@icloud.com", ".com")


Row = tuple[Key, ...]

_SHIFT, _ERASE, _ACCENT = Key(Action.SHIFT, halves=3), Key(Action.ERASE, halves=3), Key(Action.ACCENT, halves=3)
_LAYER, _DONE = Key(Action.LAYER, halves=3), Key(Action.DONE, halves=6)

_LEAST_MARGIN = 2
"""Columns of a key beside the longest word on it."""

_WIDE = 60
"""Columns from which a keyboard is wide and low rather than narrow and high."""


def _typing(characters: str) -> Row:
    return tuple(Key(Action.TYPE, character) for character in characters)


def _foot(signs: str, space: int, done: int = 6) -> Row:
    """The last row: what names have besides letters is on it."""
    bar, done_key = Key(Action.SPACE, halves=space), Key(Action.DONE, halves=done)
    return (_LAYER, _ACCENT, *_typing(signs), bar, *_typing("."), done_key)


_LETTERS: Mapping[Layout, tuple[Row, ...]] = {
    Layout.QWERTY: (
        _typing("qwertyuiop"),
        _typing("asdfghjkl'"),
        (_SHIFT, *_typing("zxcvbnm"), _ERASE),
        _foot("-", 4),
    ),
    Layout.QWERTZ: (
        _typing("qwertzuiopü"),
        _typing("asdfghjklöä"),
        (_SHIFT, *_typing("yxcvbnmß"), _ERASE),
        _foot("'-", 4),
    ),
    Layout.AZERTY: (
        _typing("azertyuiop"),
        _typing("qsdfghjklm"),
        (_SHIFT, *_typing("wxcvbn'"), _ERASE),
        _foot("-", 4),
    ),
    Layout.SPANISH: (
        _typing("qwertyuiop"),
        _typing("asdfghjklñ"),
        (_SHIFT, *_typing("zxcvbnm"), _ERASE),
        _foot("'-", 3, 5),
    ),
}

_EMAIL_ROWS: Mapping[Layout, tuple[str, str, str]] = {
    Layout.QWERTY: ("qwertyuiop", "asdfghjkl+", "zxcvbnm"),
    Layout.QWERTZ: ("qwertzuiop", "asdfghjkl+", "yxcvbnm"),
    Layout.AZERTY: ("azertyuiop", "qsdfghjklm", "wxcvbn+"),
    Layout.SPANISH: ("qwertyuiop", "asdfghjkl+", "zxcvbnm"),
}

_EMAIL_FOOT = (_LAYER, Key(Action.TYPE, "_"), Key(Action.TYPE, "@", 5), Key(Action.TYPE, ".", 4), _DONE)

_SYMBOLS: tuple[Row, ...] = (
    _typing("1234567890"),
    _typing("@#&/:;()+="),
    (*_typing("-_%!?\"',"), Key(Action.ERASE, halves=4)),
    (Key(Action.LAYER, halves=4), Key(Action.SPACE, halves=8), *_typing("."), _DONE),
)

_DIGITS: Mapping[Layout, Row] = {
    Layout.QWERTY: _typing("1234567890"),
    Layout.QWERTZ: _typing("1234567890&"),
    Layout.AZERTY: _typing("1234567890"),
    Layout.SPANISH: _typing("1234567890"),
}
"""Above the letters of a high keyboard."""

_MORE_SYMBOLS = _typing("€$£<>[]{}~")
"""Below the digits of a high keyboard."""

_SIGNS: tuple[Row, ...] = (
    _typing("!@#$%^&*()"),
    _typing("-_=+[]{}\\|"),
    _typing(";:'\"<>/?~`"),
    _typing("€£¥§°¡¿«»·"),
    (
        Key(Action.LAYER, halves=4), *_typing(","), Key(Action.SPACE, halves=3), *_typing("."), _ERASE, _DONE,
    ),
)  # fmt: skip
"""All of ASCII but letters and digits, and what keyboards on desks have besides."""

_PHONE: tuple[Row, ...] = (
    (*_typing("123"), Key(Action.ERASE)),
    (*_typing("456-"),),
    (*_typing("789"), Key(Action.SPACE)),
    (*_typing("+0"), Key(Action.DONE, halves=4)),
)


def key_rows(typing: Typing, layer: Layer, columns: int) -> tuple[Row, ...]:
    """Return the keys of a layer, row by row, on a keyboard of so many columns.

    A narrow keyboard is high, and has one row more. Endings that have no room are left out, the last ones first: they
    stand in one row, or in two on a narrow keyboard.
    """
    high = columns < _WIDE
    match layer:
        case Layer.LETTERS:
            return (_DIGITS[typing.layout], *_LETTERS[typing.layout]) if high else _LETTERS[typing.layout]
        case Layer.SYMBOLS:
            return (_SYMBOLS[0], _MORE_SYMBOLS, *_SYMBOLS[1:]) if high else _SYMBOLS
        case Layer.PHONE:
            return _PHONE
        case Layer.EXACT:
            return (_DIGITS[typing.layout], *_LETTERS[typing.layout])
        case Layer.SIGNS:
            return _SIGNS
        case Layer.EMAIL:
            return _email_rows(typing, columns)


@lru_cache(maxsize=16)
def _email_rows(typing: Typing, columns: int) -> tuple[Row, ...]:
    first, second, third = _EMAIL_ROWS[typing.layout]
    return (
        *(tuple(Key(Action.END, ending) for ending in row) for row in _ending_rows(typing.endings, columns)),
        _typing(first),
        _typing(second),
        (Key(Action.TYPE, "-", 3), *_typing(third), _ERASE),
        _EMAIL_FOOT,
    )


def _ending_rows(endings: Sequence[str], columns: int) -> list[Sequence[str]]:
    """The endings in rows of much the same length."""
    if not endings:
        return []
    a_row = max(1, columns // (max(map(len, endings)) + _LEAST_MARGIN))
    shown = endings[: a_row if columns >= _WIDE else 2 * a_row]
    count = -(-len(shown) // a_row)
    size = -(-len(shown) // count)
    return [shown[start : start + size] for start in range(0, len(shown), size)]


_RINGS = (
    "aáàâäãåąāăæ", "cçćč", "dďđð", "eéèêëęěēė", "gğ", "iíìîïīįı", "lłľĺ", "nñńňņ", "oóòôöõøőœ", "rřŕ", "sśšşșß",
    "tťțţþ", "uúùûüůűū", "yýÿ", "zźžż", "'’", "?¿", "!¡",
)  # fmt: skip

_RINGS_OF_LAYOUT: Mapping[Layout, tuple[str, ...]] = {
    Layout.AZERTY: ("aàâæäáãåąāă", "iîïíìīįı", "oôœöóòõøő", "uùûüúůűū", "yÿý"),
    Layout.QWERTZ: ("aäáàâãåąāăæ", "oöóòôõøőœ", "sßśšşș", "uüúùûůűū"),
}
"""The order in which people of a layout look for them, where it is another."""


def next_accent(letter: str, layout: Layout) -> str | None:
    """Return the letter that follows in its ring of accents, in its own size: e, é, è, ê, ë and in the end e again.

    None where it has no accents.
    """
    small = letter.lower()
    following = _following(layout).get(small)
    if following is None or letter == small:
        return following
    return "ẞ" if following == "ß" else following.upper()


@lru_cache(maxsize=len(Layout))
def _following(layout: Layout) -> Mapping[str, str]:
    rings = {ring[0]: ring for ring in (*_RINGS, *_RINGS_OF_LAYOUT.get(layout, ()))}
    return {letter: ring[(index + 1) % len(ring)] for ring in rings.values() for index, letter in enumerate(ring)}
