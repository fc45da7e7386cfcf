"""A location's text in Markdown, as pages of plain lines."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from kiosk.ui.widgets.written import Block, blocks_of, pages_of

_SNIPPETS = (
    "# House rules", "## Visitors", "Setext\n===", "Stay with your **host**, _always_.", "* No smoking",
    "  * nor vaping", "* " * 30 + "deep", "123456789. many",
    "      * deeper", "- [x] done", "7. Seventh", "1) First", "> Quoted", "> > twice", "```\ncode  with  space\n```",
    "    indented code", "---", "<b>loud</b>", "<script>alert(1)</script>", "<!-- -->", "[words](https://acme.test)",
    "![a picture](x.png)", "[/red]markup[bold]", "| a | b |\n|---|---|\n| 1 | 2 |",
    "hard  \nbreak", "&amp; &#0; &copy;",
    "李小龍" * 40, "x" * 300, "👩‍👩‍👧‍👦 family", "e\u0301\u0301\u0301", "\u202egnp.exe", "\x1b[2J", "\ud83d", "\t", "",
)  # fmt: skip
MARKDOWN = st.lists(st.one_of(st.sampled_from(_SNIPPETS), st.text(max_size=60)), max_size=20).flatmap(
    lambda parts: st.sampled_from(["\n", "\n\n"]).map(lambda between: between.join(parts))
)
COLUMNS, ROWS = st.integers(20, 76), st.integers(1, 20)


def words_of(blocks: tuple[Block, ...]) -> str:
    """All that blocks say with their marks, without spaces."""
    return "".join("".join(block.mark + block.text for block in blocks).split())


def lines_of(pages: tuple[tuple[Content, ...], ...]) -> list[str]:
    """All lines, page after page."""
    return [line.plain for line in chain.from_iterable(pages)]


@given(MARKDOWN, COLUMNS, ROWS)
def test_no_word_is_lost_or_said_twice_or_moved(markdown: str, columns: int, rows: int) -> None:
    blocks = blocks_of(markdown)
    assert "".join("".join(lines_of(pages_of(blocks, columns, rows))).split()) == words_of(blocks)


@given(MARKDOWN, COLUMNS, ROWS)
def test_no_page_has_more_lines_than_fit_and_none_is_empty(markdown: str, columns: int, rows: int) -> None:
    blocks = blocks_of(markdown)
    pages = pages_of(blocks, columns, rows)
    assert all(len(page) <= rows for page in pages)
    assert all(any(line.plain.strip() for line in page) for page in pages) == bool(blocks)


@given(MARKDOWN, COLUMNS, ROWS)
def test_no_line_is_wider_than_the_page(markdown: str, columns: int, rows: int) -> None:
    pages = pages_of(blocks_of(markdown), columns, rows)
    assert all(line.cell_length <= columns for page in pages for line in page)


@given(MARKDOWN)
def test_whatever_is_in_it_what_comes_out_is_clean(markdown: str) -> None:
    assert all(block.text.isprintable() or "\u200d" in block.text for block in blocks_of(markdown))


def test_headings_paragraphs_and_lists_are_kept() -> None:
    assert blocks_of("# House rules\n\nStay with\nyour **host**.\n\n* No smoking\n  1. nor vaping\n") == (
        Block("House rules", bold=True),
        Block("Stay with your host."),
        Block("No smoking", "• "),
        Block("nor vaping", "1. ", 2),
    )


def test_the_lines_of_an_item_stand_under_its_words() -> None:
    pages = pages_of(blocks_of("12. Smoke nowhere in the whole house"), 20, 5)
    assert lines_of(pages) == ["12. Smoke nowhere in", "    the whole house"]


def test_a_heading_is_not_parted_from_what_follows() -> None:
    pages = pages_of(blocks_of("one\n\ntwo\n\n# Three\n\nfour"), 20, 5)
    assert [[line.plain for line in page] for page in pages] == [["one", "", "two"], ["Three", "", "four"]]


def test_links_pictures_html_and_markup_are_words() -> None:
    said = blocks_of("[our rules](https://acme.test) ![a map](x.png) <b>x</b> [/red]")
    assert said == (Block("our rules a map <b>x</b> [/red]"),)


def test_no_text_is_one_empty_page() -> None:
    assert pages_of(blocks_of(" \n"), 40, 10) == ((),)


def test_a_very_long_text_is_shown_to_its_end() -> None:
    text = "\n\n".join(f"Rule {number} is a rule of this house." for number in range(3000))
    assert lines_of(pages_of(blocks_of(text), 40, 12))[-1] == "Rule 2999 is a rule of this house."
