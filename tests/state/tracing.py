"""Lives of a store in real processes, each with one call to the system that strace makes fail, or be the last."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.state.faulted import NOTHING, TRANSACTIONS

ROOT = Path(__file__).parents[2]

_ALTERNATIVES = {
    "rename": ("rename", "renameat", "renameat2"),
    "unlink": ("unlink", "unlinkat"),
    "mkdir": ("mkdir", "mkdirat"),
}
"""What a call is on another processor."""

_KINDS = {name: call for call in NOTHING for name in _ALTERNATIVES.get(call, (call,))}
_CALL = re.compile(r"(?P<process>\d+) +(?P<name>\w+)\((?P<rest>.*)")
_STRUCK = re.compile(r"\(INJECTED\)$|\) += \?$")
_NOWHERE = re.compile(r'999\b|(AT_FDCWD, )?"/nowhere')
_MORE = 20
"""By how many calls a run may exceed the counted one before a fault strikes where it is not meant to."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The calls of each kind when nothing fails: by a child, and at most by any process of a run."""

    child: Counter[str]
    most: Counter[str]

    def number(self, call: str) -> int:
        """The number of the call of this kind that fails: so high that only who is meant to comes so far."""
        return self.most[call] + _MORE

    def chosen(self, calls: Mapping[str, int]) -> list[str]:
        """`CALL:NUMBER` for these kinds, one call out of so many."""
        return [f"{call}:{number}" for call, step in calls.items() for number in range(1, self.child[call] + 1, step)]


@dataclass(slots=True)
class Life:
    """What one child has said, and what befell it.

    Attributes:
        acknowledged: The transactions, in order.
        refused: What was refused ("3", "snapshot", "start"), and the sentence that told so.
        last_word: "ends" or "killed"; empty where it said neither.
        struck: The kinds of the calls that strace has made fail. One that leads nowhere is "nowhere".
    """

    acknowledged: list[int] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    last_word: str = ""
    struck: list[str] = field(default_factory=list)


def counted(folder: Path, sealed: bool) -> Usual:
    """Count the calls of a life in which nothing fails."""
    lives, log = _traced(folder, sealed, {"mkdir:1": 0}, [f"--trace={_filter(NOTHING)}"])
    assert lives["mkdir:1"] == Life(list(range(1, TRANSACTIONS + 1)), [], "ends", [])
    counts: dict[str, Counter[str]] = {}
    for process, kind, _ in _calls(log):
        counts.setdefault(process, Counter())[kind] += 1
    parent, child = counts.values()
    return Usual(child, parent | child)


def failing(
    folder: Path, sealed: bool, usual: Usual, names: Iterable[str], error: str, *, lasting: bool = False
) -> dict[str, Life]:
    """Let a child live for each `CALL:NUMBER`, in which that call fails with this error; `lasting`, and all later ones
    of its kind."""
    return _injected(folder, sealed, usual, names, f"error={error}", "+" if lasting else "")


def killed(folder: Path, sealed: bool, usual: Usual, names: Iterable[str]) -> dict[str, Life]:
    """Let a child live for each `CALL:NUMBER`, and be killed as it makes that call."""
    return _injected(folder, sealed, usual, names, "signal=SIGKILL", "")


def _injected(
    folder: Path, sealed: bool, usual: Usual, names: Iterable[str], fault: str, onwards: str
) -> dict[str, Life]:
    idle = {}
    for name in names:
        call, _, number = name.partition(":")
        idle[name] = usual.number(call) - int(number)
    kinds = dict.fromkeys(name.partition(":")[0] for name in idle)
    options = [f"--trace={_filter(kinds)}"]
    options += [f"--inject={_filter([kind])}:{fault}:when={usual.number(kind)}{onwards}" for kind in kinds]
    lives, _ = _traced(folder, sealed, idle, options)
    return lives


def _filter(kinds: Iterable[str]) -> str:
    """Kinds of calls as strace names them; those that this processor has not are left out."""
    return ",".join(f"?{name}" for kind in kinds for name in _ALTERNATIVES.get(kind, (kind,)))


def _traced(folder: Path, sealed: bool, idle: Mapping[str, int], options: list[str]) -> tuple[dict[str, Life], str]:
    """Live these lives under strace, one after the other. Answers them with the log of their calls."""
    folder.mkdir()
    log = folder / "log"
    lives = [f"{name}:{calls}" for name, calls in idle.items()]
    worker = [sys.executable, "-m", "tests.state.faulted", str(folder), "sealed" if sealed else "clear", *lives]
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), *options, *worker],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    said = _heard(done.stdout, idle)
    text = log.read_text(errors="replace")
    for process, kind, struck in _calls(text):
        if struck:
            said[process].struck.append(kind)  # a KeyError: it has struck the parent
    return {name: life for life, name in zip(said.values(), idle, strict=True)}, text


def _heard(text: str, names: Iterable[str]) -> dict[str, Life]:
    """What the children have said, by process."""
    lives = {name: Life() for name in names}
    processes = {}
    for line in text.splitlines():
        name, what, *rest = line.split(" ", 2)
        match what, rest:
            case "begins", [process]:
                processes[process] = name
            case "acknowledged", ["snapshot"]:
                continue
            case "acknowledged", [step]:
                lives[name].acknowledged.append(int(step))
            case "refused", [sentence]:
                step, _, reason = sentence.partition(" ")
                lives[name].refused.append((step, reason))
            case (("ends" | "killed"), []):
                lives[name].last_word = what
    return {process: lives[name] for process, name in processes.items()}


def _calls(log: str) -> Iterable[tuple[str, str, bool]]:
    """The calls in a log: by which process, of what kind, and whether it was struck."""
    for line in log.splitlines():
        call = _CALL.match(line)
        if call is not None and call["name"] in _KINDS:
            kind = "nowhere" if _NOWHERE.match(call["rest"]) else _KINDS[call["name"]]
            yield call["process"], kind, _STRUCK.search(line) is not None
