from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from kiosk.text import NAME_LENGTH, SENTENCE_LENGTH, Name, Sentence, clean

JOINERS = "\u200c\u200d\u2060"


@pytest.mark.parametrize(
    "name",
    ["O'Brien", "Zoë", "Nguyễn Thị Minh Khai", "李小龍", "[/x] Bob", "Đặng", "Øystein", "👩‍👩‍👧", "می‌خواهم", "José"],
)
def test_a_name_that_is_a_name_survives_unchanged(name: str) -> None:
    assert clean(name) == name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("\x1b[2J\x1b]0;owned\x07Bob", "[2J]0;ownedBob"),
        ("Bob\u202egnp.exe", "Bobgnp.exe"),
        ("Bob\r\n\tSmith\u2028 Jr", "Bob Smith Jr"),
        ("  Bob \u00a0\u3000 Smith ", "Bob Smith"),
        ("Bob\ud800\x00\u200b\ue000", "Bob"),
        ("Zoe\u0308", "Zoë"),
        ("\u200b\n", ""),
    ],
    ids=["escapes", "override", "breaks", "spaces", "lone surrogate and friends", "decomposed", "nothing visible"],
)
def test_what_is_no_text_is_taken_out(sent: str, kept: str) -> None:
    assert clean(sent) == kept


def test_a_long_name_ends_in_an_ellipsis_that_counts_towards_the_limit() -> None:
    assert clean("ab cdef", 4) == "ab…"
    assert clean("x" * 10_000, 5) == "xxxx…"
    assert clean("exactly", 7) == "exactly"


@given(st.text(), st.integers(1, 200))
@example("e\u200b\u0301", 120)  # dropping what stood between them makes a letter and its accent neighbours
@example("\u1100\u200b\u1161", 120)
def test_cleaning_leaves_one_bounded_printable_line_and_cleaning_again_changes_nothing(text: str, limit: int) -> None:
    line = clean(text, limit)

    assert len(line) <= limit
    assert line == line.strip()
    assert "  " not in line
    assert unicodedata.is_normalized("NFC", line)
    assert not [char for char in line if unicodedata.category(char)[0] == "C" and char not in JOINERS]
    assert not [char for char in line if char != " " and char.isspace()]
    assert clean(line, limit) == line


def test_pydantic_fields_are_cleaned_at_the_border() -> None:
    assert TypeAdapter(Name).validate_python("Bob\x1b\n" + "x" * 500) == "Bob " + "x" * (NAME_LENGTH - 5) + "…"
    assert len(TypeAdapter(Sentence).validate_python("y" * 5_000)) == SENTENCE_LENGTH
