"""The power-cut histories see each fault of the engine that they are there for, within a few seconds."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.state.histories import Broken, History
from tests.state.mutants import MUTANTS
from tests.state.test_power_cuts import VARIANTS

HISTORIES = 24
"""How many are looked at for a mutant at most; nearly all show in the first."""

BY_NAME = {variant.name: variant for variant in VARIANTS}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A disk that refuses is told of at each history."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def first_broken(variant: str) -> int | None:
    """The seed of the first history in which the promise is broken; None if it is kept in all."""
    for seed in range(HISTORIES):
        try:
            History(BY_NAME[variant], seed).run()
        except Broken:
            return seed
    return None


@pytest.mark.parametrize("name", MUTANTS)
def test_a_fault_of_the_engine_is_seen_and_the_engine_without_it_keeps_its_promise(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    variant = MUTANTS[name].variant
    with monkeypatch.context() as faulty:
        MUTANTS[name].take_effect(faulty)
        seed = first_broken(variant)

    assert seed is not None
    History(BY_NAME[variant], seed).run()
