"""`kiosk bench`: what this device takes for what a person waits for, and what its store costs beside others."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kiosk import __version__
from kiosk.assembly import open_state
from kiosk.bench.catch_up import measure_catch_up
from kiosk.bench.desk import DeskFigures, measure_desk
from kiosk.bench.figures import BenchFailed, Figure, Goal
from kiosk.bench.first_load import measure_first_load
from kiosk.bench.glass import measure_glass
from kiosk.bench.hosts import HostFigures, measure_hosts
from kiosk.bench.race import Name
from kiosk.bench.start import measure_start
from kiosk.bench.store import StoreFigures, measure_store
from kiosk.commands.bench_badges import badges_report
from kiosk.commands.bench_decoding import decoding_report
from kiosk.commands.failures import told_plainly
from kiosk.sensors.decoder import Decoder
from kiosk.settings import Settings, StateSettings, checked

STARTS = 5
"""A start takes long; a few show what is to be known."""

DESK_MEMBERS = 5000
SYNC_MEMBERS = 50_000

_NAMES = {
    "pin_look_up_ms": "PIN to member, without the disk",
    "pin_to_outcome_ms": "PIN to outcome, event on disk",
    "pin_to_outcome_beyond_flush_ms": "  less its own flush",
    "pin_to_outcome_cpu_ms": "  processor time",
    "wrong_pin_to_answer_ms": "wrong PIN to answer, count on disk",
    "wrong_pin_to_answer_beyond_flush_ms": "  less its own flush",
    "wrong_pin_to_answer_cpu_ms": "  processor time",
    "bare_flush_ms": "a bare flush of one page",
    "qr_frame_to_outcome_ms": "QR frame to outcome, event on disk",
    "durable_write_ms": "durable write of one event",
    "start_to_first_frame_ms": "start to first frame",
}
_CONTENDERS = {Name.OURS: "this store", Name.STOCK: "TinyDB, JSON file", Name.LITE: "SQLite, WAL, FULL"}


def run(options: argparse.Namespace) -> int:
    """Measure in a folder that is removed at the end, and print the figures."""
    with told_plainly(), tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        checked(Settings)  # a variable that is wrong is told before anything is measured with it
        try:
            facts, lines = _SUBJECTS[options.subject](options, Path(folder))
        except BenchFailed as error:
            print(f"kiosk: not measured: {error}", file=sys.stderr)
            return 1
    print(json.dumps({**_device(), **facts}, indent=2) if options.json else "\n".join(lines))
    return 0


def _device() -> dict[str, object]:
    return {
        "kiosk": __version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
    }


# The desk.


def _desk(options: argparse.Namespace, folder: Path) -> tuple[dict[str, object], Sequence[str]]:
    members = options.members or DESK_MEMBERS
    figures = measure_desk(folder / "desk", members, options.rounds)
    hosts = measure_hosts(options.rounds)
    named = {**figures.by_name(), "start_to_first_frame_ms": _start(folder)}
    facts: dict[str, object] = {
        "members": members,
        "decoders": list(Decoder().names),
        **{name: figure.as_dict() for name, figure in named.items()},
        "wrong_pin_less_right_pin_ms": figures.answers.differences(),
        **hosts.as_dict(),
        "goals": _goals({**figures.goals(), **hosts.goals()}),
    }
    return facts, _desk_lines(figures, hosts, named, members)


def _start(folder: Path) -> Figure:
    """A kiosk that has been set up, started with the line down and no camera."""
    settings = Settings(state=StateSettings(folder=folder / "start", key_file=folder / "start.key"))
    with open_state(settings) as state:
        state.sites.save(replace(state.site, business_id=1, name="Bench Lobby", base_url="http://127.0.0.1:9"))
    arguments = ["run", "--state", str(folder / "start"), "--nexudus", "http://127.0.0.1:9", "--camera", "none"]
    environment = {"KIOSK_STATE__KEY_FILE": str(folder / "start.key")}
    return measure_start(arguments, "Bench Lobby", STARTS, environment)


def _desk_lines(figures: DeskFigures, hosts: HostFigures, named: Mapping[str, Figure], members: int) -> Sequence[str]:
    later = figures.answers.differences()
    return [
        f"{members} members; milliseconds",
        f"{'':36}{'p50':>10}{'p99':>10}{'worst':>10}{'rounds':>8}",
        *(
            f"{_NAMES[name]:36}{figure.p50:10.3f}{figure.p99:10.3f}{figure.worst:10.3f}{figure.rounds:8}"
            for name, figure in named.items()
        ),
        f"{'a wrong PIN is answered later by':36}{later['p50']:10.3f}{later['p99']:10.3f}",
        f"{'  less the flush of each':36}{later['beyond_flush_p50']:10.3f}{later['beyond_flush_p99']:10.3f}",
        *hosts.lines(),
        *_goal_lines({**figures.goals(), **hosts.goals()}),
    ]


# The glass.


def _glass(options: argparse.Namespace, folder: Path) -> tuple[dict[str, object], Sequence[str]]:
    figures = measure_glass(folder, options.rounds)
    outcome, cpu = figures.outcome, figures.outcome_cpu
    return {**figures.as_dict(), "goals": _goals(figures.goals())}, [
        f"milliseconds{'':28}{'p50':>10}{'p95':>10}{'worst':>10}{'rounds':>8}",
        f"{'QR frame to drawn outcome':40}{outcome.p50:10.1f}{figures.outcome_p95_ms:10.1f}{outcome.worst:10.1f}"
        f"{outcome.rounds:8}",
        f"{'  processor time':40}{cpu.p50:10.1f}{'':10}{cpu.worst:10.1f}{cpu.rounds:8}",
        f"{'view-finder, 80x48 pixels':40}{figures.picture_percent:8.1f} % of a core at "
        f"{figures.pictures_a_second:.1f} pictures a second",
        f"{'  and every frame searched for codes':40}{figures.reading_percent:8.1f} % of a core",
        *_goal_lines(figures.goals()),
    ]


# The store.


def _store(options: argparse.Namespace, folder: Path) -> tuple[dict[str, object], Sequence[str]]:
    figures = measure_store(folder, options.documents, options.rounds, options.check_ins)
    facts: dict[str, object] = {
        "operations_ms": {
            documents: {deed: {name: cost.as_dict() for name, cost in by.items()} for deed, by in costs.items()}
            for documents, costs in figures.costs.items()
        },
        "insert_with_background_ms": {documents: one.as_dict() for documents, one in figures.sustained.items()},
        "opening": {documents: opening.as_dict() for documents, opening in figures.openings.items()},
        "check_in": figures.check_in.as_dict(),
        "goals": _goals(figures.goals()),
    }
    return facts, store_lines(figures)


def store_lines(figures: StoreFigures) -> Sequence[str]:
    """The figures of the store for people: a table of the contenders, then what opening and a check-in cost."""
    return [*_cost_lines(figures), *_opening_lines(figures), *_goal_lines(figures.goals())]


def _cost_lines(figures: StoreFigures) -> Sequence[str]:
    lines = [f"milliseconds; documents{'p50':>33}{'p99':>10}{'CPU':>10}{'rounds':>8}"]
    for documents, costs in figures.costs.items():
        for deed, by_name in costs.items():
            lines += [
                f"{documents:>12}  {deed.replace('_', '-'):10}{_CONTENDERS[name]:22}"
                f"{cost.wall.p50:10.4f}{cost.wall.p99:10.4f}{cost.cpu_ms:10.4f}{cost.wall.rounds:8}"
                for name, cost in by_name.items()
            ]
    lines += ["", "CPU per insert with all that is done in the background, from one snapshot to the next"]
    lines += [
        f"{documents:>12}  this store {one.ours_ms:.4f}, SQLite {one.sqlite_ms:.4f}, over {one.inserts} inserts"
        for documents, one in figures.sustained.items()
    ]
    return lines


def _opening_lines(figures: StoreFigures) -> Sequence[str]:
    check_in = figures.check_in
    return [
        "",
        "opening in a fresh process",
        *(
            f"{one.documents:>12}  {one.open_ms:.1f} ms, with an index {one.indexed_ms:.1f} ms (CPU {one.cpu_ms:.1f}); "
            f"{one.bytes_per_document:.0f} resident bytes per document"
            for one in figures.openings.values()
        ),
        "",
        f"a check-in, the mean of {check_in.check_ins}, with {check_in.members} members stored",
        f"{'':14}{check_in.flushes:.3f} flushes and {check_in.kib:.2f} KiB while the person waits",
        f"{'':14}{check_in.with_snapshots_flushes:.3f} flushes and {check_in.with_snapshots_kib:.2f} KiB with "
        "snapshots and with journals laid down ahead",
    ]


# The sync.


def _sync(options: argparse.Namespace, folder: Path) -> tuple[dict[str, object], Sequence[str]]:
    load = measure_first_load(folder, options.members or SYNC_MEMBERS)
    catch_up = measure_catch_up(folder, options.events)
    facts: dict[str, object] = {"members": load.as_dict(), "catch_up": catch_up.as_dict()}
    return facts, [
        f"first load of {load.members} members, in a fresh process",
        f"{'':4}{load.first_load_seconds:.1f} s, {load.first_load_cpu_seconds:.1f} s of it this kiosk's processor time",
        f"{'':4}{load.peak_mib:.1f} MiB above the start at the highest, {load.kept_mib:.1f} MiB afterwards",
        f"a pass over the {load.changed} who have changed",
        f"{'':4}{load.changes_seconds:.2f} s, {load.changes_cpu_seconds:.2f} s of it this kiosk's processor time",
        f"catch-up of {catch_up.events} events, all of them in Nexudus once",
        f"{'':4}{catch_up.seconds:.1f} s at {catch_up.speed} times the pace, so {catch_up.at_full_length_minutes:g} "
        "minutes in life",
        f"{'':4}{catch_up.turned_away} calls turned away by a service that takes {catch_up.writes_a_minute} writes and "
        f"{catch_up.calls_a_minute} calls a minute",
    ]


# Reading codes.


def _scan(options: argparse.Namespace, _folder: Path) -> tuple[dict[str, object], Sequence[str]]:
    facts, lines, goals = decoding_report(options.pictures)
    return {**facts, "goals": _goals(goals)}, [*lines, *_goal_lines(goals)]


# Badges that are held near.


def _badges(_options: argparse.Namespace, _folder: Path) -> tuple[dict[str, object], Sequence[str]]:
    facts, lines, goals = badges_report()
    return {**facts, "goals": _goals(goals)}, [*lines, *_goal_lines(goals)]


_SUBJECTS = {"desk": _desk, "glass": _glass, "store": _store, "sync": _sync, "scan": _scan, "badges": _badges}


def _goals(goals: Mapping[str, Goal]) -> dict[str, object]:
    return {name: goal.as_dict() for name, goal in goals.items()}


def _goal_lines(goals: Mapping[str, Goal]) -> Sequence[str]:
    return [
        "",
        "what is wanted",
        *(
            f"{name.replace('_', ' '):46}{goal.value:10.3f}  {goal.side.value} {goal.limit:g}"
            f"{'' if goal.met else ': NOT MET'}"
            for name, goal in goals.items()
        ),
    ]
