"""`kiosk line`: the desk as plain text on standard input and output."""

from __future__ import annotations

import argparse
import asyncio
import sys

from kiosk.assembly import Kiosk, open_kiosk, with_overrides
from kiosk.commands.failures import told_plainly
from kiosk.commands.logs import log_quietly
from kiosk.commands.memory import pass_over_what_stays
from kiosk.i18n.speech import Speech
from kiosk.line.desk import LineDesk
from kiosk.settings import load_settings


def run(options: argparse.Namespace) -> int:
    """Answer until `quit` or the end of the input."""
    with told_plainly():
        settings = with_overrides(load_settings(options.settings), options.nexudus, options.state)
        log_quietly(settings.state.folder)
        with open_kiosk(settings) as kiosk:
            pass_over_what_stays()
            return talk(kiosk)


def talk(kiosk: Kiosk) -> int:
    """Run the plain-text desk on this process's standard input and output."""
    desk = LineDesk(kiosk.desk, Speech(), sys.stdin.buffer, sys.stdout, prompts=sys.stdin.isatty())
    return asyncio.run(desk.run())
