"""`kiosk beacon`: what the kiosk's iBeacon says now, and the key of its rolling minor number."""

from __future__ import annotations

import argparse
import json
import sys
import time

from kiosk.assembly import with_overrides
from kiosk.commands.beside import print_line
from kiosk.commands.failures import told_plainly
from kiosk.settings import load_settings
from kiosk.wiring.radio import beacon_key, beacon_numbers

NONE_WANTED = "No beacon is sent. Set bluetooth.beacon_uuid in the settings."


def run(options: argparse.Namespace) -> int:
    """Tell an app's makers what to look for; with `--key` the secret that whoever checks the number needs."""
    with told_plainly():
        settings = with_overrides(load_settings(options.settings), None, options.state)
        numbers = beacon_numbers(settings)
        key = beacon_key(settings) if options.key else None
    if key is not None:
        print_line(key.hex())
        return 0
    if numbers is None:
        print(f"kiosk: {NONE_WANTED}", file=sys.stderr)
        return 1
    minor = "rolling" if settings.bluetooth.beacon_rolling else "fixed"
    said = {"uuid": str(numbers.uuid), "major": numbers.major, "minor": numbers.minor_at(time.time()), "kind": minor}
    if options.json:
        print(json.dumps(said, indent=1))
    else:
        print_line(f"{said['uuid']}, major {said['major']}, minor {said['minor']} ({minor})")
    return 0
