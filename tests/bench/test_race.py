"""The contenders: each does what is measured of it, and each gets its turns."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.bench.contenders import Contender, Lite, Ours, Stock, member
from kiosk.bench.race import Deed, Name, race
from kiosk.bench.sustained import sustain

KINDS = pytest.mark.parametrize("make", [Ours, Stock, Lite])


@pytest.fixture(autouse=True)
def hardly_warmed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.bench.race.WARM_UP", 1)


def made_of_five(make: Callable[[Path], Contender], folder: Path) -> Contender:
    contender = make(folder)
    contender.fill(member(number) for number in range(1, 6))
    return contender


@KINDS
def test_each_contender_finds_what_it_was_given(make: Callable[[Path], Contender], tmp_path: Path) -> None:
    with contextlib.closing(made_of_five(make, tmp_path)) as contender:
        contender.insert(member(6))

        assert [dict(doc) for doc in contender.find(member(6)["hash"])] == [member(6)]
        assert [dict(doc) for doc in contender.find(member(3)["hash"])] == [member(3)]
        assert list(contender.find(member(7)["hash"])) == []


@KINDS
def test_each_contender_renames_the_one_that_is_meant(make: Callable[[Path], Contender], tmp_path: Path) -> None:
    with contextlib.closing(made_of_five(make, tmp_path)) as contender:
        contender.update(2, "Somebody else")

        names = [contender.find(member(number)["hash"])[0]["name"] for number in (1, 2, 3)]
        assert names == [member(1)["name"], "Somebody else", member(3)["name"]]


def test_a_member_has_the_size_of_a_real_one() -> None:
    document = member(12_345)

    assert len(document["hash"]) == 64
    assert 150 <= len(json.dumps(document)) <= 400


def test_each_deed_of_each_contender_is_done_as_often_as_was_asked(tmp_path: Path) -> None:
    costs = race(tmp_path, documents=30, rounds=7)

    assert {deed: set(by_name) for deed, by_name in costs.items()} == {deed: set(Name) for deed in Deed}
    assert {cost.wall.rounds for by_name in costs.values() for cost in by_name.values()} == {7}
    with contextlib.closing(Ours(tmp_path)) as ours:
        assert len(ours.find(member(37)["hash"])) == 1
        assert not ours.find(member(38)["hash"])


def test_plain_tinydb_gets_fewer_rounds_where_each_writes_many_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.bench.race.STOCK_DOCUMENTS", 20)

    costs = race(tmp_path, documents=5, rounds=9)

    assert {name: cost.wall.rounds for name, cost in costs[Deed.INSERT].items()} == {
        Name.OURS: 9,
        Name.STOCK: 4,
        Name.LITE: 9,
    }


def test_a_sustained_run_reaches_from_one_snapshot_to_the_next(tmp_path: Path) -> None:
    found = sustain(tmp_path, documents=10)

    assert found.inserts > 100
    assert found.ours_ms > 0
    assert found.sqlite_ms > 0
