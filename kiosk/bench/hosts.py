"""How long a visitor waits for the hosts that are meant by what they have typed, among as many as a large house has."""

from __future__ import annotations

import random
import time
import tracemalloc
from dataclasses import dataclass

from kiosk.bench.figures import BenchFailed, Figure, Goal, Side, milliseconds
from kiosk.desk.host_index import HostIndex
from kiosk.desk.hosts import Host, HostChoice, HostRules
from kiosk.desk.people import PersonId, PersonKind

HOSTS = 50_000
SEARCH_LIMIT_MS = 20.0
"""What a search may take, nineteen times of twenty."""

_SEED = 6
"""Fixed, so that two devices search the same house."""

_SYLLABLES = (
    "ma", "ri", "an", "jo", "lu", "el", "sa", "no", "te", "ka", "vi", "do", "pe", "ra", "chi", "mül", "łu", "sø", "ré",
    "zé", "ña", "bo", "fi", "gu", "ha",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HostFigures:
    """What searching for a host takes.

    Attributes:
        search: A search by three letters up to a whole name, in milliseconds.
        p95: The same, nineteen times of twenty.
        cpu_p95: Its processor time: what it would take on a device with nothing else to do.
        build_ms: Making the index anew, after the members have changed.
        memory_mb: What the index holds in memory.
    """

    search: Figure
    p95: float
    cpu_p95: float
    build_ms: float
    memory_mb: float

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "hosts": HOSTS,
            "host_search_ms": {**self.search.as_dict(), "p95": self.p95, "cpu_p95": self.cpu_p95},
            "host_index_build_ms": round(self.build_ms, 1),
            "host_index_memory_mb": round(self.memory_mb, 1),
        }

    def goals(self) -> dict[str, Goal]:
        """What is wanted of it."""
        return {"host_search_p95_ms": Goal(self.p95, Side.AT_MOST, SEARCH_LIMIT_MS)}

    def lines(self) -> list[str]:
        """For people."""
        return [
            f"{f'host search among {HOSTS}, p95 {self.p95:.3f}':36}"
            f"{self.search.p50:10.3f}{self.search.p99:10.3f}{self.search.worst:10.3f}{self.search.rounds:8}",
            f"{'  processor time, p95':36}{self.cpu_p95:10.3f}",
            f"{'  its index: made in ms, holds MB':36}{self.build_ms:10.1f}{self.memory_mb:10.1f}",
        ]


def measure_hosts(rounds: int) -> HostFigures:
    """Search as visitors do. Raises BenchFailed where somebody is not found by their own name."""
    draw = random.Random(_SEED)  # noqa: S311 - nothing secret is drawn
    hosts = [_host(number, draw) for number in range(1, HOSTS + 1)]
    by_number = {host.id.number: host for host in hosts}
    rules = HostRules(HostChoice.SEARCH, denied=("Nobody Inc.",))
    began = time.perf_counter()
    index = HostIndex(hosts, rules, by_number.get)
    build = time.perf_counter() - began
    taken: list[float] = []
    worked: list[float] = []
    for typed in (text for _ in range(rounds) for text in _typed(draw.choice(hosts), draw)):
        began, began_to_work = time.perf_counter(), time.process_time()
        page = index.search(typed)
        worked.append(time.process_time() - began_to_work)
        taken.append(time.perf_counter() - began)
        if not page.hosts:
            raise BenchFailed("somebody is not found by their own name")
    return HostFigures(Figure.of(taken), _p95(taken), _p95(worked), build * 1000, _memory(hosts, rules))


def _p95(seconds: list[float]) -> float:
    return milliseconds(sorted(seconds)[min(len(seconds) - 1, len(seconds) * 95 // 100)])


def _memory(hosts: list[Host], rules: HostRules) -> float:
    tracemalloc.start()
    try:
        index = HostIndex(hosts, rules, lambda number: None)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    if len(index) != len(hosts):
        raise BenchFailed("the index has lost a host")
    return held / 1e6


def _host(number: int, draw: random.Random) -> Host:
    company = f"{_word(draw, 3)} {_word(draw, 2)}" if number % 10 < 7 else ""
    return Host(PersonId(PersonKind.MEMBER, number), f"{_word(draw, 2)} {_word(draw, 3)}", company)


def _word(draw: random.Random, syllables: int) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


def _typed(host: Host, draw: random.Random) -> tuple[str, ...]:
    """Three letters, some more, two beginnings, the whole name, and the company where there is one."""
    given, family = host.name.split()
    texts = (given[:3], family[:5], f"{family[:3]} {given[:2]}", host.name, host.company[: draw.randint(3, 6)])
    return tuple(text for text in texts if len(text) >= 3)
