"""`kiosk check-config`: whether a settings file can be used, before a kiosk has it."""

from __future__ import annotations

import argparse
import sys

from kiosk.commands.beside import print_line
from kiosk.commands.failures import told_plainly
from kiosk.settings import SettingsError, faults_of


def run(options: argparse.Namespace) -> int:
    """Tell every fault of every file, a line for each; status 1 if there is one."""
    with told_plainly():
        faulty = 0
        for file in options.files:
            if not file.is_file():
                raise SettingsError(f"The settings file {file} is not there.")
            faults = faults_of(file)
            faulty += bool(faults)
            for fault in faults:
                print_line(f"kiosk: {fault}", to_staff=True)
            if not faults:
                print_line(f"{file} is valid.")
    sys.stdout.flush()
    return 1 if faulty else 0
