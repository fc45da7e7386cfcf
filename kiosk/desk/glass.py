"""What is on the glass at a moment, for whoever looks after the kiosk from afar: text and colours, with what is
somebody's own made unreadable before it leaves the screen's room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

HIDDEN = "•"
"""Stands for each character of what somebody typed, and of who they are."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look, side by side.

    Attributes:
        text: The characters; a wide one takes two cells.
        ink: Their colour as `#rrggbb`.
        paper: The colour behind them.
        bold: Whether they are drawn strong.
    """

    text: str
    ink: str
    paper: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One look at the glass.

    Attributes:
        screen: Which page is up, by its name in the code.
        columns: Cells of a row.
        rows: From top to bottom.
        words: What stands there, headings and all, in the order in which it is read; large letters are drawn, and
            cannot be read in the rows.
    """

    screen: str
    columns: int
    rows: tuple[tuple[Run, ...], ...]
    words: tuple[str, ...] = ()


LooksAtGlass: TypeAlias = Callable[[], Glimpse]
"""Takes a look, from any thread. Raises `kiosk.desk.staff.NotPossible` while there is nothing to see."""
