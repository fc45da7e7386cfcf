"""`kiosk rollcall`: who is in now, for the moment when everybody has to be out."""

from __future__ import annotations

import argparse
import json
import sys

from kiosk.assembly import read_state
from kiosk.clock import SystemClock
from kiosk.commands.beside import local_time, print_line, settings_of, site_in
from kiosk.commands.failures import told_plainly
from kiosk.desk.alarm import NotPrinted
from kiosk.desk.house import House
from kiosk.desk.roll_call import Mark, RollCall, call_roll
from kiosk.i18n.roll_words import paper_words, title_words
from kiosk.i18n.speech import Speech
from kiosk.rollcall.printer import choose_printer
from kiosk.settings import Settings
from kiosk.state.listing import read_as_of, read_entries, read_names, read_stays

AS_OF_IS = (
    "the newest of: the last event here, the last reading of the members; when it was last read who is in elsewhere is "
    "not kept"
)


def run(options: argparse.Namespace) -> int:
    """Read out or print who is in, from what is on this device's disk."""
    if options.json and options.print:
        print("kiosk: give --json or --print, not both.", file=sys.stderr)
        return 2
    with told_plainly():
        settings = settings_of(options)
        house, roll = _read(settings)
    if options.print:
        return _print(settings.rollcall.printer if options.printer is None else options.printer, house, roll)
    if options.json:
        print(json.dumps(_as_json(house, roll), indent=1))
    else:
        _show(house, roll)
    return 0


def _read(settings: Settings) -> tuple[House, RollCall]:
    with read_state(settings) as reading:
        site, entries = site_in(reading), read_entries(reading.precious)
        stays, names = read_stays(reading.precious), read_names(reading.directory)
        directory_as_of = read_as_of(reading.directory)
    now = SystemClock().now().wall
    return site.house(), call_roll(stays, entries, lambda person: names.get(person, ""), directory_as_of, now)


def _print(wanted: str, house: House, roll: RollCall) -> int:
    printer, speech = choose_printer(wanted), Speech()
    try:
        printer.print(paper_words(roll, house, speech), title_words(house, speech))
    except NotPrinted as error:
        print_line(f"kiosk: {error}", to_staff=True)
        return 1
    print_line(f"Handed to {printer.name}: {len(roll.present)} in.")
    return 0


def _as_json(house: House, roll: RollCall) -> dict[str, object]:
    return {
        "location": house.name,
        "as_of": roll.as_of.isoformat() if roll.as_of else None,
        "as_of_is": AS_OF_IS,
        "present": [
            {
                "person": str(one.stay.person),
                "name": one.name,
                "since": one.stay.since.isoformat(),
                "since_local": house.local(one.stay.since).isoformat(),
                "nexudus_knows": one.mark is Mark.KNOWN,
                "mark": one.mark.value,
            }
            for one in roll.present
        ],
    }


def _show(house: House, roll: RollCall) -> None:
    when = local_time(roll.as_of, house) if roll.as_of else "never"
    print_line(f"{house.name or 'Not set up'}: {len(roll.present)} in, as of {when}")
    print(f"({AS_OF_IS})")
    for one in roll.present:
        mark = f"  * {one.mark.value}" if one.mark is not Mark.KNOWN else ""
        name = one.name or "(name not known here)"
        print_line(f"since {local_time(one.stay.since, house)}  {one.stay.person!s:<15}  {name}{mark}")
