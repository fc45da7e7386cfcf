"""`kiosk bench`: what this device takes for what a person waits for."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from kiosk import __version__
from kiosk.assembly import open_state
from kiosk.bench.desk import BenchFailed, measure_desk
from kiosk.bench.figures import Figure
from kiosk.bench.start import measure_start
from kiosk.commands.failures import told_plainly
from kiosk.sensors.decoder import Decoder
from kiosk.settings import Settings, StateSettings

STARTS = 5
"""A start takes long; a few show what is to be known."""

_NAMES = {
    "pin_look_up_ms": "PIN to member, without the disk",
    "pin_to_outcome_ms": "PIN to outcome, event on disk",
    "qr_frame_to_outcome_ms": "QR frame to outcome, event on disk",
    "durable_write_ms": "durable write of one event",
    "start_to_first_frame_ms": "start to first frame",
}


def run(options: argparse.Namespace) -> int:
    """Measure in a folder that is removed at the end, and print the figures."""
    with told_plainly(), tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        try:
            figures = measure_desk(Path(folder) / "desk", options.members, options.rounds)
            figures["start_to_first_frame_ms"] = _start(Path(folder))
        except BenchFailed as error:
            print(f"kiosk: not measured: {error}", file=sys.stderr)
            return 1
    print(_as_json(figures, options) if options.json else _as_text(figures, options))
    return 0


def _start(folder: Path) -> Figure:
    """A kiosk that has been set up, started with the line down and no camera."""
    settings = Settings(state=StateSettings(folder=folder / "start", key_file=folder / "start.key"))
    with open_state(settings) as state:
        state.sites.save(replace(state.site, business_id=1, name="Bench Lobby", base_url="http://127.0.0.1:9"))
    arguments = ["run", "--state", str(folder / "start"), "--nexudus", "http://127.0.0.1:9", "--camera", "none"]
    environment = {"KIOSK_STATE__KEY_FILE": str(folder / "start.key")}
    return measure_start(arguments, "Bench Lobby", STARTS, environment)


def _as_json(figures: dict[str, Figure], options: argparse.Namespace) -> str:
    return json.dumps(
        {
            "kiosk": __version__,
            "python": platform.python_version(),
            "machine": platform.machine(),
            "processors": os.cpu_count(),
            "members": options.members,
            "decoders": list(Decoder().names),
            **{name: figure.as_dict() for name, figure in figures.items()},
        },
        indent=2,
    )


def _as_text(figures: dict[str, Figure], options: argparse.Namespace) -> str:
    lines = [f"{options.members} members; milliseconds", f"{'':36}{'p50':>10}{'p99':>10}{'worst':>10}{'rounds':>8}"]
    lines += [
        f"{_NAMES[name]:36}{figure.p50:10.2f}{figure.p99:10.2f}{figure.worst:10.2f}{figure.rounds:8}"
        for name, figure in figures.items()
    ]
    return "\n".join(lines)
