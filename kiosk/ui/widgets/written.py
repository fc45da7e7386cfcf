"""A text that the location has written in Markdown, as pages of plain lines.

Only what a reader needs is kept: headings, paragraphs and lists. Links are words, pictures are their description, and
HTML is text: nothing in it is followed, fetched or interpreted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

from kiosk.text import clean

_LONGEST_LINE = 10_000
"""Characters of one paragraph; nobody reads more, and wrapping takes its time."""

_NARROWEST = 4
"""Cells that words have at least, on a page of any width: none of them would be an endless text."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or an item of a list.

    Attributes:
        text: What it says, clean.
        mark: What stands before its first line: nothing, a bullet or a number.
        indent: Columns before it.
        bold: Whether it is a heading.
    """

    text: str
    mark: str = ""
    indent: int = 0
    bold: bool = False


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """Take a text apart. Whatever is in it, something readable comes out."""
    return tuple(block for block in _blocks(MarkdownIt("commonmark", {"html": False}).parse(markdown)) if block.text)


def pages_of(blocks: Sequence[Block], columns: int, rows: int) -> tuple[tuple[Content, ...], ...]:
    """Break blocks into pages of at most `rows` lines of `columns` cells. A heading is not parted from what follows."""
    pages: list[list[Content]] = [[]]
    for index, block in enumerate(blocks):
        lines = _lines(block, columns)
        if pages[-1]:
            lines = [Content(""), *lines] if not (block.mark and blocks[index - 1].mark) else lines
        needed = len(lines) + (2 if block.bold and index + 1 < len(blocks) else 0)
        if len(pages[-1]) + needed > rows and pages[-1] and (block.bold or len(lines) <= rows // 2):
            pages.append([])
            lines = lines[1:] if not lines[0].plain else lines
        for line in lines:
            if len(pages[-1]) == rows:
                pages.append([])
            if pages[-1] or line.plain:
                pages[-1].append(line)
    return tuple(tuple(page) for page in pages if page) or ((),)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    lists: list[int | None] = []
    fresh, bold = False, False
    for token in tokens:
        match token.type:
            case "heading_open" | "heading_close":
                bold = token.nesting > 0
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrGet("start") or 1) - 1)
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                fresh = True
                number = lists[-1]
                lists[-1] = None if number is None else number + 1
            case "inline" | "code_block" | "fence" | "html_block":
                mark = _mark(lists[-1]) if lists and fresh else ""
                fresh = False
                yield Block(_said(token), mark, 2 * max(0, len(lists) - 1) + (0 if mark or not lists else 2), bold)


def _mark(number: int | None) -> str:
    return "• " if number is None else f"{number}. "


def _said(token: Token) -> str:
    """The words of a token, its line breaks as spaces."""
    if token.children is None:
        return clean(token.content, _LONGEST_LINE)
    parts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children)
    return clean("".join(parts), _LONGEST_LINE)


def _lines(block: Block, columns: int) -> list[Content]:
    indent = min(block.indent, columns // 4)  # lists within lists within lists still have room for words
    room = max(_NARROWEST, columns - indent - len(block.mark))
    wrapped = Content(block.text).wrap(room)
    before = [block.mark, *[" " * len(block.mark)] * (len(wrapped) - 1)]
    style = "bold" if block.bold else ""
    return [
        Content.assemble((" " * indent + mark + line.plain, style)) for mark, line in zip(before, wrapped, strict=True)
    ]
