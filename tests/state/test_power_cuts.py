"""Nothing that was acknowledged is lost by a power cut, wherever it falls and whatever it spares.

Twenty thousand cuts by default; more by `--power-cuts`.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Iterator

import pytest

from tests.state.histories import SIZES, History, Variant
from tests.state.power import PoweredDisk

VARIANTS = (
    Variant("clear"),
    Variant("sealed", sealed=0.9),
    Variant("garbage", garbage=True),
    Variant("refusing", refuses=True),
    Variant("everything", sealed=0.5, garbage=True, refuses=True),
)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A disk that refuses is told of at each history, thousands of times."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("variant", VARIANTS, ids=[variant.name for variant in VARIANTS])
def test_no_power_cut_takes_what_was_acknowledged(
    variant: Variant, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    wanted = -(-request.config.getoption("--power-cuts") // len(VARIANTS))
    made = 0
    for seed in itertools.count(request.config.getoption("--power-cuts-from")):
        if made >= wanted:
            break
        history = History(variant, seed)
        history.run()
        made += history.cuts

    record_property("cuts", made)
    assert made >= wanted > 0


class Seen(History):
    """Cuts nothing, and notes what the folder looks like where it would."""

    def __init__(self, variant: Variant, seed: int) -> None:
        super().__init__(variant, seed)
        self.seen: set[str] = set()

    def cut_aside(self, disk: PoweredDisk) -> None:
        """See `History`."""
        files = disk.contents()
        journals = sorted(name for name in files if name.endswith(".log"))
        unfinished = [name for name in files if name.endswith(".new")]
        for name in unfinished:
            kind, generation, *_ = name.split(".")
            self.seen.add(f"{kind} being made")
            begun = files.get(f"journal.{generation}.log", b"")
            if kind == "snapshot" and begun[12:20] == int(generation).to_bytes(8, "little"):
                self.seen.add("commit beside a snapshot")
        if "journal.spare" in files:
            self.seen.add("spare")
        if len(journals) > SIZES.chain:
            self.seen.add("long chain")
        if any(len(raw) > SIZES.least for name, raw in files.items() if name in journals):
            self.seen.add("journal grown")
        if any(len(raw) > SIZES.huge for name, raw in files.items() if name.startswith("snapshot.")):
            self.seen.add("huge transaction")


def test_the_histories_see_all_that_happens_to_the_files_of_a_store() -> None:
    seen: set[str] = set()
    for seed in range(12):
        history = Seen(VARIANTS[0], seed)
        history.run()
        seen |= history.seen

    assert seen == {
        "journal being made",
        "snapshot being made",
        "commit beside a snapshot",
        "spare",
        "long chain",
        "journal grown",
        "huge transaction",
    }


def test_a_history_is_the_same_every_time() -> None:
    first, second = History(VARIANTS[-1], 1), History(VARIANTS[-1], 1)
    first.run()
    second.run()

    assert (first.cuts, first.told) == (second.cuts, second.told)
    assert first.told
