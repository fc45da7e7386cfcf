"""What was found, one thing under the other, page by page: what is wrong first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

_WIDEST = 76
"""Columns of a line at the most: longer ones are hard to read."""

_INDENT = 3
"""Columns before the words: room for the mark."""


class Mark(StrEnum):
    """How a thing stands: a sign that is told by its shape, whatever its colour."""

    WELL = "✓"
    WRONG = "▲"
    OPEN = "◌"
    NOTE = "•"


_STYLES = {Mark.WELL: "$approval", Mark.WRONG: "$complaint bold", Mark.OPEN: "$text-muted", Mark.NOTE: "$text-muted"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    Attributes:
        mark: How it stands.
        name: What it is, in bold; may be empty.
        standing: How it stands, in a word or two after the name.
        said: What follows from it, below.
    """

    mark: Mark
    name: str = ""
    standing: str = ""
    said: str = ""


class Findings(Static):
    """Shows as many as fit, whole; `turn` shows the next ones. Where one page holds them all, there is air between
    them as far as there is room."""

    class Laid(Message):
        """It is known how many pages there are, or another one shows."""

    def __init__(self, findings: Sequence[Finding] = (), *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._findings = tuple(findings)
        self._pages: Sequence[Sequence[Content]] = ()
        self.page = 0
        """Which page shows, from 0."""

    @property
    def pages(self) -> int:
        """How many there are; 0 before they have been laid out."""
        return len(self._pages)

    def show(self, findings: Sequence[Finding]) -> None:
        """Show others, from the first on."""
        self._findings, self.page = tuple(findings), 0
        self._lay_out()

    def turn(self, by: int) -> None:
        """Show another page, if there is one."""
        if 0 <= self.page + by < self.pages:
            self.page += by
            self._draw()

    def on_resize(self) -> None:
        """How much fits is known now."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        size = self.content_size
        if size.width > 0 and size.height > 0:
            columns = min(size.width, _WIDEST)
            airy = laid_out(self._findings, columns, size.height, gap=1)
            self._pages = airy if len(airy) <= 1 else laid_out(self._findings, columns, size.height)
            self.page = min(self.page, max(self.pages - 1, 0))
            self._draw()

    def _draw(self) -> None:
        self.update(Content("\n").join(self._pages[self.page]) if self._pages else Content(""))
        self.post_message(self.Laid())


def laid_out(findings: Sequence[Finding], columns: int, rows: int, gap: int = 0) -> list[list[Content]]:
    """Break findings into pages of at most `rows` lines of `columns` cells, with `gap` empty lines between two. None is
    parted, unless it alone is longer than a page."""
    pages: list[list[Content]] = []
    for finding in findings:
        lines = _lines(finding, columns)
        if not pages or len(pages[-1]) + gap + len(lines) > rows:
            pages.append([])
        elif pages[-1]:
            pages[-1] += [Content("")] * gap
        for line in lines:
            if len(pages[-1]) == rows:
                pages.append([])
            pages[-1].append(line)
    return pages


def _lines(finding: Finding, columns: int) -> list[Content]:
    room = max(columns - _INDENT, 8)
    style = _STYLES[finding.mark]
    head = " · ".join(part for part in (finding.name, finding.standing) if part)
    lines: list[Content] = []
    for text, emphasis in ((head, "bold" if finding.said else ""), (finding.said, "")):
        for line in Content(text).wrap(room) if text else ():
            before = f"{finding.mark:<{_INDENT}}" if not lines else " " * _INDENT
            lines.append(Content.assemble((before, style), (line.plain, emphasis)))
    return lines
