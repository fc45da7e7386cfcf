"""`kiosk audit`: what was done with the record besides checking people in, and by whom."""

from __future__ import annotations

import argparse
import json

from kiosk.assembly import read_state
from kiosk.commands.beside import local_time, print_line, settings_of, site_in
from kiosk.commands.failures import told_plainly
from kiosk.state.listing import AuditLine, read_audit

ELSEWHERE = "this device"
"""Who did it, where nobody else is named: a command given here, or the kiosk itself."""


def run(options: argparse.Namespace) -> int:
    """List it, the oldest first."""
    with told_plainly(), read_state(settings_of(options)) as reading:
        house, acts = site_in(reading).house(), read_audit(reading.precious)
    if options.json:
        print(json.dumps([_as_json(act) for act in acts], indent=1))
        return 0
    for act in acts:
        fields = (local_time(act.at, house), f"{act.who or ELSEWHERE:<13}", act.what, act.about, act.note)
        print_line("  ".join(field for field in fields if field).rstrip())
    if not acts:
        print("Nothing yet.")
    return 0


def _as_json(act: AuditLine) -> dict[str, str]:
    return {
        "at": act.at.isoformat(), "who": act.who or ELSEWHERE, "what": act.what, "about": act.about, "note": act.note,
    }  # fmt: skip
