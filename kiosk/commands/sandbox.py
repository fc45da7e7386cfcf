"""`kiosk sandbox`: the simulated Nexudus alone."""

from __future__ import annotations

import argparse
import sys

from kiosk.sandbox.command import run_sandbox
from kiosk.sandbox.errors import WrongSwitch


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted. Faults can be switched by lines on standard input meanwhile."""
    # A process that was started without a standard input has another file, or none, in its place.
    typed = sys.stdin.fileno() if sys.stdin is not None else None
    try:
        return run_sandbox(options.port, options.data, lambda line: print(line, flush=True), options.fault, typed)
    except WrongSwitch as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return 2
