"""The contenders side by side: small blocks in turn, so that whatever else the machine does strikes all alike."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kiosk.bench.contenders import Contender, Lite, Ours, Stock, member
from kiosk.bench.figures import BenchFailed, Figure, milliseconds

BLOCKS = 20
"""Into how many turns the rounds of each are divided."""

STOCK_DOCUMENTS = 200_000
"""TinyDB as it comes writes all documents each time; its rounds are as many as make this many of them, 3 at least."""

_LEAST_ROUNDS = 3
WARM_UP = 1200
"""More pages than SQLite lets its log grow to."""


class Deed(StrEnum):
    """What is measured of each contender."""

    INSERT = "insert"
    UPDATE = "update"
    LOOK_UP = "look_up"


class Name(StrEnum):
    """Who takes part."""

    OURS = "ours"
    STOCK = "tinydb_json"
    LITE = "sqlite_wal_full"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one operation costs.

    Attributes:
        wall: What its caller waits, in milliseconds.
        cpu_ms: Processor time of its caller, the mean.
    """

    wall: Figure
    cpu_ms: float

    def as_dict(self) -> dict[str, float | int]:
        """For JSON."""
        return {**self.wall.as_dict(), "cpu": self.cpu_ms}


Costs = Mapping[Deed, Mapping[Name, Cost]]


@dataclass(slots=True)
class _Timings:
    """Seconds, gathered over the turns of one contender."""

    walls: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def take(self, calls: Iterable[Callable[[], None]]) -> None:
        """One turn: carry out each call and time it."""
        cpu = time.thread_time()
        for call in calls:
            began = time.perf_counter()
            call()
            self.walls.append(time.perf_counter() - began)
        self.cpu += time.thread_time() - cpu

    def cost(self) -> Cost:
        """The figure of it."""
        return Cost(Figure.of(self.walls), milliseconds(self.cpu / len(self.walls)))


def race(folder: Path, documents: int, rounds: int) -> Costs:
    """Fill each contender with so many documents, and measure each deed. Each leaves its files in `folder`.

    Raises BenchFailed.
    """
    with contextlib.ExitStack() as opened:
        field_of: dict[Name, Contender] = {Name.OURS: Ours(folder), Name.STOCK: Stock(folder), Name.LITE: Lite(folder)}
        for name, contender in field_of.items():
            opened.callback(contender.close)
            contender.fill(member(number) for number in range(1, documents + 1))
            if name is not Name.STOCK:
                warm_up(contender, documents)
        return {deed: _race_of(deed, field_of, documents, rounds) for deed in Deed}


def warm_up(contender: Contender, documents: int) -> None:
    """Write until the journal, or the log, has the length that it then keeps: files that grow cost more at each
    flush."""
    for number in range(WARM_UP):
        contender.update(number % documents + 1, f"Warm {number}")
    contender.settle()


def _race_of(deed: Deed, field_of: Mapping[Name, Contender], documents: int, rounds: int) -> Mapping[Name, Cost]:
    calls = {
        name: _calls(deed, contender, documents, _rounds_of(name, documents, rounds))
        for name, contender in field_of.items()
    }
    timings = {name: _Timings() for name in field_of}
    order = list(field_of)
    for block in range(BLOCKS):
        for name in order:
            mine = calls[name]
            turn = mine[len(mine) * block // BLOCKS : len(mine) * (block + 1) // BLOCKS]
            if turn:
                timings[name].take(turn)
                field_of[name].settle()  # or it would be done in another's turn
        order.append(order.pop(0))  # nobody always comes after the same one
    return {name: timing.cost() for name, timing in timings.items()}


def _rounds_of(name: Name, documents: int, rounds: int) -> int:
    return min(rounds, max(_LEAST_ROUNDS, STOCK_DOCUMENTS // documents)) if name is Name.STOCK else rounds


def _calls(deed: Deed, contender: Contender, documents: int, rounds: int) -> Sequence[Callable[[], None]]:
    """The rounds of a contender, with all that is not the store's work done beforehand."""
    if deed is Deed.INSERT:
        return [_insertion(contender, documents + 1 + number) for number in range(rounds)]
    spread = [number * 7919 % documents + 1 for number in range(rounds)]  # a prime: near ones are not near each other
    if deed is Deed.UPDATE:
        return [_updating(contender, number) for number in spread]
    return [_looking(contender, number) for number in spread]


def _insertion(contender: Contender, number: int) -> Callable[[], None]:
    document = member(number)
    return lambda: contender.insert(document)


def _updating(contender: Contender, number: int) -> Callable[[], None]:
    name = f"Renamed {number}"
    return lambda: contender.update(number, name)


def _looking(contender: Contender, number: int) -> Callable[[], None]:
    hashed = member(number)["hash"]

    def look() -> None:
        if len(contender.find(hashed)) != 1:
            raise BenchFailed("a hash did not name one document")

    return look
