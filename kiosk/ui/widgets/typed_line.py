"""One line of text as it is typed: what it says, and where the next letter goes.

Places are counted as people count letters: an accent that stands by itself, or the parts of an emoji, belong to the
letter before them and are never parted from it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from rich.cells import split_graphemes

from kiosk.text import printable


class Unfit(StrEnum):
    """Why a text is not taken into a line. What is there already stays."""

    TOO_LONG = "too long"
    """The line would have more characters than it may."""
    UNREADABLE = "unreadable"
    """It holds half a character: what sent it is broken, and guessing the rest would put a wrong name on a badge."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a reader takes for one letter.

    Attributes:
        start: Characters of the line before it.
        end: Characters of the line up to its end.
        cells: How many cells of a terminal it takes; 0 for a lone mark.
    """

    start: int
    end: int
    cells: int


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A text and a caret in it.

    Attributes:
        text: One line of printable characters, in NFC but for the seam where something was typed into the middle.
        caret: Characters before the caret; never within a letter.
    """

    text: str = ""
    caret: int = 0

    @property
    def before(self) -> str:
        """What stands before the caret."""
        return self.text[: self.caret]

    @property
    def after(self) -> str:
        """What stands behind it."""
        return self.text[self.caret :]

    @property
    def letters(self) -> list[Letter]:
        """The text, letter by letter."""
        spans, _ = split_graphemes(self.text)
        return [Letter(start, end, cells) for start, end, cells in spans]

    @property
    def stops(self) -> list[int]:
        """Where the caret can be."""
        return [0, *(letter.end for letter in self.letters)]

    @property
    def last_letter(self) -> str:
        """The letter before the caret; empty at the beginning."""
        return self.text[self._stop_before() : self.caret]

    def typed(self, text: str, limit: int) -> TypedLine | Unfit:
        """Return the line with `text` at the caret, and the caret behind it.

        Breaks become spaces; control and format characters are left out, whoever sends them.

        Args:
            text: Anything at all.
            limit: Characters that the line may have.
        """
        if any(unicodedata.category(character) == "Cs" for character in text):
            return Unfit.UNREADABLE
        # Together, since an accent that is typed after its letter becomes one character with it.
        before = unicodedata.normalize("NFC", self.before + printable(text))
        line = before + self.after
        return TypedLine(line, len(before))._settled() if len(line) <= limit else Unfit.TOO_LONG

    def erased(self) -> TypedLine:
        """Return the line without the letter before the caret."""
        start = self._stop_before()
        return TypedLine(self.text[:start] + self.after, start)._settled()

    def erased_ahead(self) -> TypedLine:
        """Return the line without the letter behind the caret."""
        stops = self.stops
        end = stops[min(bisect_right(stops, self.caret), len(stops) - 1)]
        return TypedLine(self.before + self.text[end:], self.caret)._settled()

    def with_last(self, letter: str) -> TypedLine:
        """Return the line with another letter in place of that before the caret."""
        before = self.text[: self._stop_before()] + letter
        return TypedLine(before + self.after, len(before))._settled()

    def ended(self, ending: str, limit: int) -> TypedLine | Unfit:
        """Return the line with the ending of an address, and the caret at its end.

        An ending with an @ takes the place of all from the @ on: "ada@", "ada@gm" and "ada@outlook.com" all become
        "ada@gmail.com". Any other is added, unless it is there.
        """
        kept = self.text
        if ending.startswith("@"):
            kept = kept.partition("@")[0]
        elif kept.endswith(ending):
            kept = kept.removesuffix(ending)
        elif ending.startswith("."):
            kept = kept.removesuffix(".")
        return TypedLine(kept, len(kept)).typed(ending, limit)

    def moved_to(self, place: int) -> TypedLine:
        """Return the line with the caret after so many characters, or before the letter that this would part."""
        stops = self.stops
        return TypedLine(self.text, stops[max(0, bisect_right(stops, place) - 1)])

    def moved_by(self, letters: int) -> TypedLine:
        """Return the line with the caret so many letters further, at most at one of the ends."""
        stops = self.stops
        at = bisect_right(stops, self.caret) - 1 + letters
        return TypedLine(self.text, stops[max(0, min(at, len(stops) - 1))])

    def _stop_before(self) -> int:
        stops = self.stops
        return stops[max(0, bisect_right(stops, self.caret - 1) - 1)]

    def _settled(self) -> TypedLine:
        """The caret where it does not part a letter that has come together at the seam: behind it."""
        return TypedLine(self.text, min(stop for stop in self.stops if stop >= self.caret))
