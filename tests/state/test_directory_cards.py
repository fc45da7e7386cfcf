"""Members who are recognised by an access card or key fob."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tinydb.operations import delete

from kiosk.desk.directory import Marks, MemberListing
from kiosk.state.database import open_database
from kiosk.state.directory import ABOUT, MEMBERS, DirectoryStore
from kiosk.state.secrets import CodeHasher
from tests.desk.samples import NINE, member

ADA, BOB = member(1, "Ada Lovelace"), member(2, "Bob Smith")
PIN, CARD, FOB = "7391846250", "0012345678", "04:A1:B2:C3"
KEY = CodeHasher(b"k" * 32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "directory"


@pytest.fixture
def directory(path: Path) -> DirectoryStore:
    """A directory that knows Ada by PIN, card and fob, and Bob by a card alone."""
    store = DirectoryStore(open_database(path), KEY)
    store.replace_members([MemberListing(ADA, PIN, cards=(CARD, FOB)), MemberListing(BOB, "", cards=("77",))], NINE)
    return store


def reopened(path: Path) -> DirectoryStore:
    """The directory as the next process finds it."""
    return DirectoryStore(open_database(path), KEY)


@pytest.mark.parametrize("typed", [CARD, "12345678", "BC614E", "188,24910", FOB, "04a1b2c3", "77705923"])
def test_a_card_is_found_however_its_reader_types_it(directory: DirectoryStore, path: Path, typed: str) -> None:
    for store in (directory, reopened(path)):
        assert store.members_with_card(typed) == (ADA,)


def test_a_card_is_no_pin_and_a_pin_is_no_card(directory: DirectoryStore) -> None:
    assert directory.members_with_card("0000000077") == (BOB,)
    assert directory.members_with("77") == directory.members_with(CARD) == ()
    assert directory.members_with_card(PIN) == ()
    assert directory.members_with(PIN) == (ADA,)


@pytest.mark.parametrize("nothing", ["", "0000", "?", "x" * 100])
def test_what_is_no_card_is_nobodys(directory: DirectoryStore, nothing: str) -> None:
    assert directory.members_with_card(nothing) == ()


def test_a_number_that_is_no_card_is_not_kept(path: Path) -> None:
    store = reopened(path)
    store.replace_members([MemberListing(ADA, PIN, cards=("", "0", CARD, CARD.lstrip("0")))], NINE)

    (doc,) = open_database(path).table(MEMBERS).all()
    assert len(doc["cards"]) == 1


def test_a_card_that_was_taken_back_is_nobodys(directory: DirectoryStore, path: Path) -> None:
    directory.change_members([MemberListing(ADA, PIN, cards=(FOB,))], [])

    for store in (directory, reopened(path)):
        assert store.members_with_card(CARD) == ()
        assert store.members_with_card(FOB) == store.members_with(PIN) == (ADA,)


def test_a_file_of_before_there_were_cards_opens_and_learns_them(directory: DirectoryStore, path: Path) -> None:
    database = open_database(path)
    with database.transaction():
        database.table(MEMBERS).update(delete("cards"), doc_ids=[ADA.id.number, BOB.id.number])

    old = reopened(path)
    assert old.members_with(PIN) == (ADA,)
    assert old.members_with_card(CARD) == ()
    old.change_members([MemberListing(ADA, PIN, cards=(CARD,))], [])
    assert reopened(path).members_with_card(CARD) == (ADA,)


def test_a_file_of_before_there_were_cards_has_its_members_read_whole_once_again(
    directory: DirectoryStore, path: Path
) -> None:
    marks = Marks(7, NINE, NINE, NINE)
    directory.change_members([], [], marks)
    database = open_database(path)
    with database.transaction():
        about = dict(database.table(ABOUT).get(doc_id=1) or {})
        about["marks"] = {name: value for name, value in about["marks"].items() if name != "kept_of_members"}
        database.table(ABOUT).update(about, doc_ids=[1])

    old = reopened(path)
    assert old.marks == replace(marks, changes_until=None)
    old.change_members([], [], marks)
    assert reopened(path).marks == marks


def test_no_file_holds_a_cards_number(directory: DirectoryStore, path: Path) -> None:
    written = b"".join(file.read_bytes() for file in path.iterdir()).lower()

    assert b"ada lovelace" in written
    for secret in (CARD, "12345678", FOB, "04a1b2c3", "77705923"):
        assert secret.lower().encode() not in written


def test_a_listing_shows_no_number() -> None:
    assert CARD not in repr(MemberListing(ADA, "", cards=(CARD,)))
