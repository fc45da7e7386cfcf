"""Whether the words of a screen fit their places, in a language that the screen was not shown in.

A screen is shown once, in English, by a speech that remembers what it said. What stands in each widget is then said
again in each language, and measured by the functions that draw it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from rich.cells import cell_len
from textual.content import Content
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from kiosk.i18n.speech import Speech
from kiosk.text import SENTENCE_LENGTH, clean
from kiosk.ui.widgets.big_text import BigText, wrap
from kiosk.ui.widgets.cards import CardColours
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.face import Face, face_strips
from kiosk.ui.widgets.field_drawing import MARGIN
from kiosk.ui.widgets.fonts import installed_faces
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.shapes import Repertoire
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typeset import set_text
from kiosk.ui.widgets.words import PlainText

W = TypeVar("W", bound=Widget)

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
COLOURS = CardColours(WHITE, WHITE, BLACK)
SHORT = 4
"""Letters of a sentence that is looked for as a whole text only: a "No" is part of many words."""


class Remembering(Speech):
    """English, and how to say again what was said."""

    def __init__(self) -> None:
        super().__init__("en")
        self.said: dict[str, Callable[[Speech], str]] = {}

    def say(self, sentence: str, **values: object) -> str:
        said = super().say(sentence, **values)
        self.said[said] = lambda speech: speech.say(sentence, **values)
        return said

    def count(self, one: str, many: str, number: int) -> str:
        said = super().count(one, many, number)
        self.said[said] = lambda speech: speech.count(one, many, number)
        return said

    def parts_of(self, text: str) -> tuple[str, list[str]]:
        """What of a text is none of the sentences, and the sentences in it; the longest are looked for first."""
        if text in self.said:
            return "", [text]
        found = []
        for sentence in sorted(self.said, key=len, reverse=True):
            if len(sentence) > SHORT and sentence in text:
                text = text.replace(sentence, "")
                found.append(sentence)
        return text, found

    def again(self, text: str, speech: Speech) -> str:
        """A text in another language; what is none of the sentences stays."""
        if text in self.said:
            return self.said[text](speech)
        for sentence in self.parts_of(text)[1]:
            text = text.replace(sentence, self.said[sentence](speech))
        return text


@dataclass
class Fitting:
    """Measures one screen after the other, and notes what is cut off or was never put into a language."""

    speech: Remembering
    languages: tuple[Speech, ...]
    data: frozenset[str]
    """Words that are nobody's language: names, digits, marks."""
    cut: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    seen: int = 0

    def measure(self, screen: Screen[object], more: dict[str, list[str]]) -> None:
        """Measure everything on a screen, and besides what `more` says can stand in a place of it."""
        for widget, text, fits in _places(screen):
            for one in [text, *more.get(f"#{widget.id}", ())]:
                self._measure(screen, widget, one, fits)

    def _measure(self, screen: Screen[object], widget: Widget, text: str, fits: Callable[[str], bool]) -> None:
        rest, _ = self.speech.parts_of(text)
        letters = "".join(char if char.isalpha() else " " for char in rest).split()
        if not set(letters) <= self.data:
            self.bare.append(f"{type(screen).__name__} #{widget.id}: {rest.strip()}")
        for speech in self.languages:
            said = "\n".join(clean(line, SENTENCE_LENGTH) for line in self.speech.again(text, speech).split("\n"))
            self.seen += 1
            if said and not fits(said):
                self.cut.append(
                    f"{type(screen).__name__} #{widget.id} {tuple(widget.content_size)} {speech.language}: {said}"
                )


def _places(screen: Screen[object]) -> Iterator[tuple[Widget, str, Callable[[str], bool]]]:
    """Every widget with words, the words, and whether other words fit there."""
    for plain in _shown(screen, PlainText):
        yield plain, plain.text, partial(_plain_fits, plain)
    for big in _shown(screen, BigText):
        yield big, big.text, partial(_big_fits, big)
    for choice in _shown(screen, Choice):
        yield choice, choice.label, partial(_label_fits, choice)
        if choice.hint:
            yield choice, choice.hint, partial(_hint_fits, choice)
    for typed in _shown(screen, TextField):
        yield typed, typed._placeholder, partial(_in_cells, typed.size.width - 2 * MARGIN - 1)
    for keys in _shown(screen, Keyboard):
        yield keys, keys.done_label, partial(_in_cells, keys.zone_region("done").width - 2)


def _in_cells(columns: int, text: str) -> bool:
    return cell_len(text) <= columns


def _shown(screen: Screen[object], kind: type[W]) -> list[W]:
    return [widget for widget in screen.query(kind) if widget.region and widget.visible]


def _plain_fits(widget: PlainText, text: str) -> bool:
    width = widget.content_size.width
    if widget.id == "line":
        width = _longest_line(widget)
    lines = [line for part in text.split("\n") for line in Content(part).wrap(width)]
    rows = widget.content_size.height
    if widget.styles.height is not None and widget.styles.height.is_auto:
        rows += _spare_rows(widget)
    longest = max((cell_len(word) for word in text.split()), default=0)
    return len(lines) <= rows and longest <= width


def _spare_rows(widget: Widget) -> int:
    """Rows into which a widget may grow whose height is that of its words."""
    parent = widget.parent
    assert isinstance(parent, Widget)
    taken = sum(child.outer_size.height + child.styles.margin.height for child in parent.children if child.display)
    if parent.styles.layout is not None and parent.styles.layout.name == "horizontal":
        taken = widget.outer_size.height
    if parent.styles.height is not None and parent.styles.height.is_auto:
        return _spare_rows(parent)
    return parent.content_size.height - taken


def _longest_line(widget: Widget) -> int:
    """The status line gives its middle as much as that needs: all but the clock."""
    bar = widget.parent
    assert isinstance(bar, StatusBar)
    return bar.content_size.width - len(" 12:00")


def _big_fits(widget: BigText, text: str) -> bool:
    """Whether a heading is whole: drawn large, in one line or two, else in the terminal's own letters."""
    columns, rows = widget.content_size
    lines = wrap(text, columns)
    if len(lines) <= rows and all(cell_len(line) <= columns for line in lines):
        return True
    return set_text(text, columns, rows, installed_faces(), Repertoire.SEXTANTS) is not None


def _label_fits(widget: Choice, label: str) -> bool:
    # Where even the terminal's own letters have room nothing is cut, and nothing need be drawn to know that.
    return cell_len(label) <= _sure_room(widget) or not _is_cut(_face(widget, label, ""), label)


def _hint_fits(widget: Choice, hint: str) -> bool:
    if cell_len(hint) <= _sure_room(widget):
        return True
    written = " ".join(strip.text for strip in _face(widget, "", hint))
    return all(word in written for word in hint.split())


def _sure_room(widget: Choice) -> int:
    """Columns that a card's words have whatever its margins and its sign take."""
    sign_beside = widget._icon is not None and widget.size.height < 9
    return widget.size.width - 6 - (2 * widget.size.height if sign_beside else 0)


def _face(widget: Choice, label: str, hint: str) -> tuple[Strip, ...]:
    face = Face(label, hint, widget._icon, widget._big)
    return face_strips(face, widget.size.width, widget.size.height, COLOURS, Repertoire.SEXTANTS)


def _is_cut(drawn: tuple[Strip, ...], text: str) -> bool:
    """Whether a text that is written in the terminal's own letters ends in dots that are not its own, or lost words."""
    letters = "\n".join(strip.text for strip in drawn)
    if letters.count("…") > text.count("…"):
        return True
    is_written = any(char.isalpha() for char in letters)
    lines = wrap(text, max(len(line) for line in letters.split("\n")))
    return is_written and not all(line.strip() in letters for line in lines)
