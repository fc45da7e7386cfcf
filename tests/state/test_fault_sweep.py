"""A real process on a real file system, each of whose calls is made to fail in turn, by strace: what was acknowledged
is there, nothing else is, and it goes on by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from errno import errorcode
from pathlib import Path

import pytest

from kiosk.state.database import Database, open_database, read_database
from kiosk.state.sealing import Sealer
from tests.state.faulted import HUGE, KEY, NOTHING, SHORTENS, TRANSACTIONS, letters
from tests.state.tracing import Life, Usual, counted, failing, killed

OFTEN = ("pwrite64", "fdatasync")
"""The calls of which a commit is made."""

REASONS = {name: os.strerror(number) for number, name in errorcode.items()}


@pytest.fixture(scope="module")
def every(request: pytest.FixtureRequest) -> bool:
    """Whether every call is to fail in every way."""
    return bool(request.config.getoption("--all-faults"))


@pytest.fixture(scope="module", params=["clear", "sealed"])
def sealed(request: pytest.FixtureRequest, every: bool) -> bool:
    if request.param == "sealed" and not every:
        pytest.skip("sealed stores are swept with --all-faults")
    return bool(request.param == "sealed")


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory, sealed: bool) -> Usual:
    """The calls of a child to which nothing happens; a sealed store's process loads more than another."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed, so nobody can make a call fail")
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"strace may not trace here: {tried.stderr.strip()}")
    return counted(tmp_path_factory.mktemp("usual") / "all", sealed)


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


def found(folder: Path, sealed: bool) -> tuple[list[int], list[str]]:
    """What the next process finds, and whether it can go on."""
    sealer: Sealer | None = KEY if sealed else None
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
    tmp_path: Path, usual: Usual, sealed: bool, every: bool, error: str
) -> None:
    names = usual.chosen({call: 1 if every else 3 if error == "EIO" and call in OFTEN else 6 for call in NOTHING})

    lives = failing(tmp_path / "all", sealed, usual, names, error)

    problems: list[object] = []
    for name, life in lives.items():
        if life.struck != [name.partition(":")[0]]:
            problems.append((name, "the fault did not strike", life))
        missing = set(range(1, TRANSACTIONS + 1)) - set(life.acknowledged)
        if life.last_word != "ends" or len(life.refused) > 1 or len(missing) > len(life.refused):
            problems.append((name, "it did not go on by itself", life))
        steps, wrong = found(tmp_path / "all" / name, sealed)
        if steps != life.acknowledged or wrong:
            problems.append((name, f"found {steps} {wrong}", life))
    assert problems == []


def test_where_it_is_killed_what_was_acknowledged_is_there_and_at_most_what_was_under_way(
    tmp_path: Path, usual: Usual, sealed: bool, every: bool
) -> None:
    names = usual.chosen({call: 1 if every else 3 if call in OFTEN else 6 for call in NOTHING})

    lives = killed(tmp_path / "all", sealed, usual, names)

    problems: list[object] = []
    for name, life in lives.items():
        if (life.last_word, life.struck, life.refused) != ("killed", [name.partition(":")[0]], []):
            problems.append((name, "it was not killed there", life))
        steps, wrong = found(tmp_path / "all" / name, sealed)
        if steps not in (life.acknowledged, [*life.acknowledged, len(life.acknowledged) + 1]) or wrong:
            problems.append((name, f"found {steps} {wrong}", life))
    assert problems == []


def lasting(
    folder: Path, usual: Usual, sealed: bool, every: bool, call: str, error: str
) -> tuple[dict[str, Life], list[object]]:
    """Lives in which one kind of call fails from some moment on, and what is wrong with any of them: each holds exactly
    what it has acknowledged."""
    lives = failing(folder, sealed, usual, usual.chosen({call: 1 if every else 6}), error, lasting=True)
    problems: list[object] = []
    for name, life in lives.items():
        problems += [(name, *one) for one in wrong_while_it_lasts(life, call, error)]
        steps, wrong = found(folder / name, sealed)
        if steps != life.acknowledged or wrong:
            problems.append((name, f"found {steps} {wrong}", life))
    return lives, problems


@pytest.mark.parametrize(
    ("call", "error"), [("pwrite64", "EIO"), ("pwrite64", "ENOSPC"), ("pwrite64", "EROFS"), ("fdatasync", "EIO")]
)
def test_while_no_commit_can_be_made_all_is_refused_with_the_reason_and_what_was_acknowledged_stays(
    tmp_path: Path, usual: Usual, sealed: bool, every: bool, call: str, error: str
) -> None:
    lives, problems = lasting(tmp_path / "all", usual, sealed, every, call, error)

    for name, life in lives.items():
        if life.acknowledged != list(range(1, len(life.acknowledged) + 1)):
            problems.append((name, "something was acknowledged after a refusal", life))
    assert problems == []


@pytest.mark.parametrize(
    ("call", "error"), [("openat", "ENOSPC"), ("openat", "EROFS"), ("rename", "EROFS"), ("fsync", "EIO")]
)
def test_while_no_file_can_be_begun_what_needs_none_is_acknowledged_and_stays(
    tmp_path: Path, usual: Usual, sealed: bool, every: bool, call: str, error: str
) -> None:
    _, problems = lasting(tmp_path / "all", usual, sealed, every, call, error)

    assert problems == []


def wrong_while_it_lasts(life: Life, call: str, error: str) -> list[tuple[str, Life]]:
    """What a life under a lasting fault has not said as it should."""
    problems = []
    if not life.struck or set(life.struck) != {call}:
        problems.append(("the fault did not strike", life))
    if life.last_word != "ends":
        problems.append(("it did not live on", life))
    if any(REASONS[error] not in sentence for _, sentence in life.refused):
        problems.append(("it does not say why", life))
    told = {*map(str, life.acknowledged), *(what for what, _ in life.refused)}
    if "start" not in told and not told >= set(map(str, range(1, TRANSACTIONS + 1))):
        problems.append(("a transaction was neither acknowledged nor refused", life))
    return problems
