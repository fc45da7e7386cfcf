"""`kiosk sandbox`: the simulated Nexudus alone."""

from __future__ import annotations

import argparse

from kiosk.sandbox.command import run_sandbox


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    return run_sandbox(options.port, options.data, lambda line: print(line, flush=True))
