"""Opening a store in a process of its own."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from kiosk.bench.contenders import Ours, member
from kiosk.bench.figures import BenchFailed
from kiosk.bench.opening import measure_opening


@pytest.fixture(autouse=True)
def opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.bench.opening.TIMES", 1)


def test_the_documents_of_a_store_are_opened_and_counted(tmp_path: Path) -> None:
    with contextlib.closing(Ours(tmp_path)) as ours:
        ours.fill(member(number) for number in range(1, 41))

    opening = measure_opening(tmp_path / "ours")

    assert opening.documents == 40
    assert 0 < opening.open_ms <= opening.indexed_ms


def test_a_store_that_cannot_be_opened_gives_no_figure(tmp_path: Path) -> None:
    (tmp_path / "ours").write_text("no folder")

    with pytest.raises(BenchFailed, match="could not be opened"):
        measure_opening(tmp_path / "ours")
