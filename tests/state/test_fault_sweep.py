"""A real process on a real file system, each of whose calls is made to fail in turn, by strace: what was acknowledged
is there, nothing else is, and it goes on by itself."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.state.database import Database, open_database, read_database
from kiosk.state.sealing import Sealer
from tests.state.faulted import HUGE, KEY, NOTHING, SHORTENS, TRANSACTIONS, letters

REACH = 60
"""The number of the call that fails in the child's process; more than a child makes of any kind."""

ROOT = Path(__file__).parents[2]
ALTERNATIVES = {
    "rename": ("rename", "renameat", "renameat2"),
    "unlink": ("unlink", "unlinkat"),
    "mkdir": ("mkdir", "mkdirat"),
}
"""What a call is on another processor."""

OFTEN = ("pwrite64", "fdatasync")
"""The calls of which a commit is made."""


@dataclass
class Life:
    """What one child has said."""

    acknowledged: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ended: bool = False


def traced(folder: Path, sealed: bool, names: Iterable[str], *options: str) -> dict[str, Life]:
    """Let a child live for each name, under strace with these options."""
    worker = [sys.executable, "-m", "tests.state.faulted", str(folder), str(REACH), "sealed" if sealed else "clear"]
    lives = {name: Life() for name in names}
    folder.mkdir()
    done = subprocess.run(
        ["strace", "-f", "-qq", *options, *worker, *lives], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    for line in done.stdout.splitlines():
        name, what, *rest = line.split(" ", 2)
        match what, rest:
            case "acknowledged", ["snapshot"]:
                pass
            case "acknowledged", [step]:
                lives[name].acknowledged.append(int(step))
            case "refused", [sentence]:
                lives[name].refused.append(sentence)
            case "ends", []:
                lives[name].ended = True
    return lives


def filtered(call: str) -> str:
    """A kind of call as strace names it; those that this processor has not are left out."""
    return ",".join(f"?{name}" for name in ALTERNATIVES.get(call, (call,)))


def injected(fault: str, calls: Iterable[str], when: str = str(REACH)) -> list[str]:
    """The options that make call number REACH of each of these kinds fail."""
    calls = list(calls)
    injections = [option for call in calls for option in ("-e", f"inject={filtered(call)}:{fault}:when={when}")]
    return ["-o", "/dev/null", "-e", f"trace={','.join(map(filtered, calls))}", *injections]


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    """How many calls of each kind a child makes to which nothing happens."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed, so nobody can make a call fail")
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"strace may not trace here: {tried.stderr.strip()}")
    folder = tmp_path_factory.mktemp("counted")
    log = folder / "log"
    calls = ",".join(map(filtered, NOTHING))
    lives = traced(folder / "store", False, [f"mkdir:{REACH}"], "-o", str(log), "-e", f"trace={calls}")
    assert lives == {f"mkdir:{REACH}": Life(list(range(1, TRANSACTIONS + 1)), [], True)}
    lines = [re.match(r"(\d+) +(\w+)\(", line) for line in log.read_text().splitlines()]
    found = [(int(match[1]), match[2]) for match in lines if match]
    child = max(number for number, _ in found)
    kinds = {name: call for call in NOTHING for name in ALTERNATIVES.get(call, (call,))}
    count = Counter(kinds[call] for number, call in found if number == child)
    assert max(count.values()) < REACH
    return count


@pytest.fixture
def every(request: pytest.FixtureRequest) -> bool:
    """Whether every call is to fail in every way."""
    return bool(request.config.getoption("--all-faults"))


@pytest.fixture(params=["clear", "sealed"])
def sealed(request: pytest.FixtureRequest, every: bool) -> bool:
    if request.param == "sealed" and not every:
        pytest.skip("sealed stores are swept with --all-faults")
    return bool(request.param == "sealed")


def chosen(counted: Counter[str], calls: Iterable[str], step: Callable[[str], int]) -> list[str]:
    """The calls that are to fail, every so many of a kind."""
    return [f"{call}:{number}" for call in calls for number in range(1, counted[call] + 1, step(call))]


def held(database: Database) -> tuple[list[int], list[str]]:
    """The transactions that a store holds, and what is wrong with it."""
    entries = {entry["step"]: entry["text"] for entry in database.table("steps")}
    wrong = list(database.damage)
    if [total["sum"] for total in database.table("sums")] != ([sum(entries)] if entries else []):
        wrong.append("half of a transaction is there")
    for step, text in entries.items():
        if len(text) != (0 if step == HUGE and SHORTENS in entries else letters(step)):
            wrong.append(f"the text of {step} is not what was written")
    return sorted(entries), wrong


def found(folder: Path, sealer: Sealer | None) -> tuple[list[int], list[str]]:
    """What the next process finds, and whether it can go on."""
    with open_database(folder, None, KEY, sealer) as database:
        steps, wrong = held(database)
        database.table("more").insert({})
    with read_database(folder, KEY) as database:
        if held(database) != (steps, wrong) or len(database.table("more")) != 1:
            wrong.append("it does not go on")
    shutil.rmtree(folder)
    return steps, wrong


@pytest.mark.parametrize("error", ["EIO", "ENOSPC", "EROFS"])
def test_where_one_call_fails_one_thing_is_refused_at_most_and_all_else_is_there(
    tmp_path: Path, counted: Counter[str], sealed: bool, every: bool, error: str
) -> None:
    names = chosen(counted, NOTHING, lambda call: 1 if every or (error == "EIO" and call in OFTEN) else 3)

    lives = traced(tmp_path / "all", sealed, names, *injected(f"error={error}", NOTHING))

    problems = []
    for name, life in lives.items():
        missing = set(range(1, TRANSACTIONS + 1)) - set(life.acknowledged)
        if not life.ended or len(life.refused) > 1 or len(missing) > len(life.refused):
            problems.append((name, "it did not go on by itself", life))
        steps, wrong = found(tmp_path / "all" / name, KEY if sealed else None)
        if steps != life.acknowledged or wrong:
            problems.append((name, f"found {steps} {wrong}", life))
    assert problems == []


def test_where_it_is_killed_what_was_acknowledged_is_there_and_at_most_what_was_under_way(
    tmp_path: Path, counted: Counter[str], sealed: bool, every: bool
) -> None:
    names = chosen(counted, NOTHING, lambda call: 1 if every or call in OFTEN else 3)

    lives = traced(tmp_path / "all", sealed, names, *injected("signal=SIGKILL", NOTHING))

    problems = []
    for name, life in lives.items():
        if life.ended or life.refused:
            problems.append((name, "it was not killed", life))
        steps, wrong = found(tmp_path / "all" / name, KEY if sealed else None)
        if steps not in (life.acknowledged, [*life.acknowledged, len(life.acknowledged) + 1]) or wrong:
            problems.append((name, f"found {steps} {wrong}", life))
    assert problems == []


@pytest.mark.parametrize("call", OFTEN)
def test_while_every_call_of_a_kind_fails_everything_is_refused_and_what_was_acknowledged_stays(
    tmp_path: Path, counted: Counter[str], sealed: bool, every: bool, call: str
) -> None:
    names = chosen(counted, [call], lambda _: 1 if every else 3)

    lives = traced(tmp_path / "all", sealed, names, *injected("error=EIO", [call], f"{REACH}+"))

    problems = []
    for name, life in lives.items():
        if not life.refused or life.acknowledged != list(range(1, len(life.acknowledged) + 1)):
            problems.append((name, "something was acknowledged after a refusal", life))
        if any(
            "cannot be written: Input/output error. Check that the disk is there" not in one for one in life.refused
        ):
            problems.append((name, "it does not say why", life))
        if (tmp_path / "all" / name).exists():
            steps, wrong = found(tmp_path / "all" / name, KEY if sealed else None)
            if steps != life.acknowledged or wrong:
                problems.append((name, f"found {steps} {wrong}", life))
    assert problems == []
