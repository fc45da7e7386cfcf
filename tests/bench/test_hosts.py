"""The search among the hosts of a large house."""

from __future__ import annotations

from kiosk.bench.hosts import HOSTS, measure_hosts


def test_every_search_finds_somebody_and_the_figures_are_told_with_their_goal() -> None:
    figures = measure_hosts(rounds=2)

    assert figures.search.rounds >= 8
    assert figures.as_dict()["hosts"] == HOSTS
    assert figures.goals()["host_search_p95_ms"].value == figures.p95
    assert 0 < figures.memory_mb < 100
    assert figures.cpu_p95 > 0
    assert len(figures.lines()) == 3
