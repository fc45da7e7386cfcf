"""The block characters of the terminal as rectangles: those of a font leave gaps, or are missing.

By the charts of Unicode: block elements (U+2580 to U+259F) and the sextants of "Symbols for Legacy Computing" (U+1FB00
to U+1FB3B).
"""

from __future__ import annotations

from functools import lru_cache

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, as parts of a cell from 0 to 1."""

_QUADRANTS = {
    "▖": "sw", "▗": "se", "▘": "nw", "▙": "nw sw se", "▚": "nw se", "▛": "nw ne sw", "▜": "nw ne se", "▝": "ne",
    "▞": "ne sw", "▟": "ne sw se",
}  # fmt: skip
_FIRST_SEXTANT, _LAST_SEXTANT = 0x1FB00, 0x1FB3B
_HALVES_ELSEWHERE = (0b010101, 0b101010)
"""The left and the right column of a sextant are older characters, and are left out of the row."""


@lru_cache(512)
def boxes_of(character: str) -> tuple[Box, ...]:
    """What of a cell a block character fills; nothing for any other."""
    if character in _QUADRANTS:
        return tuple(_quadrant(place) for place in _QUADRANTS[character].split())
    code = ord(character)
    if _FIRST_SEXTANT <= code <= _LAST_SEXTANT:
        return _sextant(code - _FIRST_SEXTANT)
    match code:
        case 0x2580:
            return ((0, 0, 1, 0.5),)
        case 0x2590:
            return ((0.5, 0, 1, 1),)
        case 0x2594:
            return ((0, 0, 1, 1 / 8),)
        case 0x2595:
            return ((7 / 8, 0, 1, 1),)
        case _ if 0x2581 <= code <= 0x2588:
            return ((0, 1 - (code - 0x2580) / 8, 1, 1),)
        case _ if 0x2589 <= code <= 0x258F:
            return ((0, 0, (0x2590 - code) / 8, 1),)
    return ()


def _quadrant(place: str) -> Box:
    left, top = 0.5 * (place[1] == "e"), 0.5 * (place[0] == "s")
    return (left, top, left + 0.5, top + 0.5)


def _sextant(place: int) -> tuple[Box, ...]:
    tiles = [bits for bits in range(1, 63) if bits not in _HALVES_ELSEWHERE][place]
    return tuple(
        (tile % 2 / 2, tile // 2 / 3, tile % 2 / 2 + 0.5, tile // 2 / 3 + 1 / 3)
        for tile in range(6)
        if tiles & 1 << tile
    )
