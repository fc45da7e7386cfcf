"""The mosaics that a terminal can put into one cell: divisions into equal tiles whose every combination has a
character."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

ACROSS = 2
"""Tiles across one cell, in every mosaic."""

FULL_BLOCK = "█"


class Repertoire(StrEnum):
    """What the terminal draws without gaps and without the help of a font."""

    BLOCKS = "blocks"
    """Mosaics of 2x2 (U+2580 to U+259F): any terminal."""
    SEXTANTS = "sextants"
    """Mosaics of 2x3 (Unicode 13, U+1FB00 to U+1FB3B): foot, kitty, WezTerm, Ghostty, VTE."""
    OCTANTS = "octants"
    """Mosaics of 2x4 (Unicode 16, U+1CD00 to U+1CDE5): foot from 1.20 on."""


VARIABLE = "KIOSK_GLYPHS"
"""The environment variable that names the repertoire, for terminals that cannot be told apart by their names."""

_TERM_PREFIXES = ("foot", "xterm-kitty", "xterm-ghostty", "contour")
_TERM_PROGRAMS = frozenset({"WezTerm", "ghostty", "kitty"})


def repertoire_of(environment: Mapping[str, str]) -> Repertoire:
    """Return what the terminal described by `environment` can be trusted to draw.

    `KIOSK_GLYPHS` has the first word. Terminals do not tell their age in the environment, so octants, which older
    versions of the same terminals show as empty boxes, are never assumed.
    """
    named = environment.get(VARIABLE)
    for repertoire in Repertoire:
        if repertoire == named:
            return repertoire
    modern = environment.get("TERM", "").startswith(_TERM_PREFIXES) or environment.get("TERM_PROGRAM") in _TERM_PROGRAMS
    return Repertoire.SEXTANTS if modern or "VTE_VERSION" in environment else Repertoire.BLOCKS


@cache
def terminal_repertoire() -> Repertoire:
    """Return what the terminal of this process can draw."""
    return repertoire_of(os.environ)


@dataclass(frozen=True, slots=True)
class Mosaic:
    """A division of the cell.

    Attributes:
        down: Tiles down one cell.
        characters: From the set of inked tiles (bit i is tile i, left to right and then down) to its character. One of
            each pair of opposites is enough, since ink and ground can change places.
    """

    down: int
    characters: Mapping[int, str]

    @property
    def tiles(self) -> int:
        """How many tiles a cell has."""
        return ACROSS * self.down


@cache
def mosaic_of(repertoire: Repertoire) -> Mosaic:
    """Return the finest mosaic of a repertoire."""
    match repertoire:
        case Repertoire.BLOCKS:
            return Mosaic(2, dict(enumerate(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")))
        case Repertoire.SEXTANTS:
            return Mosaic(3, _sextants())
        case Repertoire.OCTANTS:
            return Mosaic(4, _octants())


def _sextants() -> dict[int, str]:
    # The block leaves out the four combinations that existed before: empty, both halves, full.
    older = {0: " ", 0b010101: "▌", 0b101010: "▐", 0b111111: FULL_BLOCK}
    codes = iter(range(0x1FB00, 0x1FB3C))
    return {tiles: older.get(tiles) or chr(next(codes)) for tiles in range(64)}


# Combinations of octants that have another code. Those marked None are too new for terminals that draw the others;
# their opposites are octants.
_OTHER_OCTANTS: Mapping[int, str | None] = {
    0x00: " ", 0x01: None, 0x02: None, 0x03: None, 0x05: "▘", 0x0A: "▝", 0x0F: "▀", 0x14: None, 0x28: None,
    0x3F: None, 0x40: None, 0x50: "▖", 0x55: "▌", 0x5A: "▞", 0x5F: "▛", 0x80: None, 0xA0: "▗", 0xA5: "▚",
    0xAA: "▐", 0xAF: "▜", 0xC0: "▂", 0xF0: "▄", 0xF5: "▙", 0xFA: "▟", 0xFC: "▆", 0xFF: FULL_BLOCK,
}  # fmt: skip


def _octants() -> dict[int, str]:
    characters: dict[int, str] = {}
    codes = iter(range(0x1CD00, 0x1CDE6))
    for tiles in range(256):
        character = _OTHER_OCTANTS[tiles] if tiles in _OTHER_OCTANTS else chr(next(codes))
        if character is not None:
            characters[tiles] = character
    return characters
