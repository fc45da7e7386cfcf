"""`kiosk staff-pin`: the PIN that opens the staff corner, for a running kiosk or for one that does not run."""

from __future__ import annotations

import argparse
import sys

from pydantic import SecretStr

from kiosk.commands.beside import carry_out, print_line, settings_of
from kiosk.commands.failures import told_plainly
from kiosk.commands.questions import Misused, NotAnswered, asked_pin
from kiosk.control.protocol import SetStaffPin
from kiosk.desk.staff_desk import WrongPin, check_pin

LONGEST_LINE = 256
"""Bytes of a line that are read for a PIN."""


def run(options: argparse.Namespace) -> int:
    """Ask for a PIN twice, or read it from standard input, and set it."""
    try:
        with told_plainly():
            pin = _read() if options.stdin or not sys.stdin.isatty() else asked_pin("Staff PIN")
            check_pin(pin)
            return carry_out(settings_of(options), SetStaffPin(pin=SecretStr(pin)))
    except Misused as error:
        print_line(f"kiosk: {error}", to_staff=True)
        return 2
    except (WrongPin, NotAnswered) as error:
        print_line(f"kiosk: {error}", to_staff=True)
        return 1


def _read() -> str:
    pin = sys.stdin.buffer.readline(LONGEST_LINE).decode("utf-8", "replace").strip()
    if not pin:
        raise Misused("no staff PIN was given. Pipe it in as one line, or give 'kiosk staff-pin' on a terminal.")
    return pin
