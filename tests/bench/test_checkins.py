"""What a check-in costs the card."""

from __future__ import annotations

from pathlib import Path

from kiosk.bench.checkins import count_check_ins


def test_a_check_in_is_awaited_for_one_flush_of_one_page(tmp_path: Path) -> None:
    cost = count_check_ins(tmp_path, members=20, check_ins=10)

    assert (cost.check_ins, cost.members) == (10, 20)
    assert (cost.flushes, cost.kib) == (1, 4)


def test_the_snapshots_that_check_ins_cause_are_counted_with_them(tmp_path: Path) -> None:
    cost = count_check_ins(tmp_path, members=20, check_ins=60)

    assert cost.with_snapshots_flushes > cost.flushes
    assert cost.with_snapshots_kib > cost.kib
