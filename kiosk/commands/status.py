"""`kiosk status`: how the kiosk of this device stands, on one screen."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.assembly import address_of, at_rest_for_reading, read_state, token_file
from kiosk.clock import SystemClock
from kiosk.commands.beside import local_time, print_line, settings_of, site_in
from kiosk.commands.failures import told_plainly
from kiosk.commands.radio_words import radio_words
from kiosk.control.client import NoAnswerGiven, NobodyThere, ask
from kiosk.control.protocol import AskStatus, CameraReport, RadioReport, Report
from kiosk.desk.frames import CameraState
from kiosk.desk.house import House
from kiosk.desk.ports import Link
from kiosk.desk.queue import Entry, UploadState
from kiosk.nexudus.ending import overdue
from kiosk.nexudus.tokens import Tokens
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.decoder_words import decoder_words
from kiosk.settings import Settings
from kiosk.state.copies import DAMAGED
from kiosk.state.listing import Damage, read_as_of, read_closure, read_damage, read_entries
from kiosk.state.site import Site
from kiosk.state.store import PRECIOUS, holder_of

NOT_RUNNING = "not running"


@dataclass(frozen=True, slots=True)
class Standing:
    """One look at the kiosk.

    Attributes:
        house: Where it stands.
        line: The line to Nexudus, as the running kiosk sees it; or that none runs, or that it does not answer.
        holder: The process that holds the state.
        waiting: Events that Nexudus has not heard of.
        refused: Dead letters.
        sign_in: Whether staff have to sign in: "in", "ending" or "needed".
        directory_as_of: When the members were last read.
        notices: What staff should know.
        clear_in: Seconds until nothing waits any more; None while no running kiosk can say.
        sign_in_ends: When a sign-in that still works will end unless staff act.
        camera: How the camera stands; None while no running kiosk has one.
        radio: How Bluetooth stands; None while no running kiosk has it.
    """

    house: House
    line: str
    holder: int | None
    waiting: int
    refused: int
    sign_in: str
    directory_as_of: datetime | None
    notices: Sequence[str]
    clear_in: float | None = None
    sign_in_ends: datetime | None = None
    camera: CameraReport | None = None
    radio: RadioReport | None = None


def run(options: argparse.Namespace) -> int:
    """Ask the running kiosk, and read the rest from the disk."""
    with told_plainly():
        standing = _look(settings_of(options))
    if options.json:
        print(json.dumps(_as_json(standing), indent=1))
    else:
        _show(standing)
    return 0


def _look(settings: Settings) -> Standing:
    folder = settings.state.folder
    with read_state(settings) as reading:
        site, entries = site_in(reading), read_entries(reading.precious)
        directory_as_of = read_as_of(reading.directory)
        damages, closure = read_damage(reading.precious), read_closure(reading.precious)
    try:
        report = ask(folder, AskStatus(), within=5.0).report
        silent = "no answer"
    except NoAnswerGiven as error:
        report, silent = None, str(error)
    except NobodyThere:
        report, silent = None, NOT_RUNNING
    house = site.house()
    notices = [_notice(damage, house, folder) for damage in damages]
    if closure is not None:
        since = local_time(closure.since, house)
        notices.append(f"Closed to visitors since {since}; the staff corner opens it. {closure.text}".rstrip())
    if report is not None:
        return _of_running(report, house, notices)
    tokens, now = _kept_sign_in(settings, site), SystemClock().now().wall
    ending = overdue(tokens, now) if tokens is not None else None
    return Standing(
        house,
        silent,
        holder_of(folder),
        sum(not entry.state.final for entry in entries),
        _dead_letters(entries),
        _sign_in_word(needed=tokens is None, ending=ending is not None),
        directory_as_of,
        [*notices, *([ending.staff] if ending else [])],
        sign_in_ends=ending.at if ending else None,
    )


def _of_running(report: Report, house: House, notices: Sequence[str]) -> Standing:
    return Standing(
        house,
        report.line.value,
        report.process,
        report.waiting,
        report.refused,
        _sign_in_word(needed=report.line is Link.SIGN_IN, ending=report.sign_in_ends is not None),
        report.directory_as_of,
        [*notices, *report.troubles, *report.notices],
        report.clear_in,
        report.sign_in_ends,
        report.camera,
        report.radio,
    )


def _sign_in_word(*, needed: bool, ending: bool) -> str:
    if needed:
        return "needed"
    return "ending" if ending else "in"


def _notice(damage: Damage, house: House, folder: Path) -> str:
    if damage.found is None:
        return f"The record is damaged ({damage.note}). It is repaired as far as possible when the kiosk starts."
    copies = folder / PRECIOUS / DAMAGED
    kept = f" Copies of the damaged files are in {copies}." if copies.is_dir() else ""
    return (
        f"The record was damaged and was repaired as far as possible on {local_time(damage.found, house)}: "
        f"{damage.note}. Compare the last check-ins with Nexudus.{kept}"
    )


def _dead_letters(entries: Sequence[Entry]) -> int:
    return sum(entry.state is UploadState.REFUSED for entry in entries)


def _kept_sign_in(settings: Settings, site: Site) -> Tokens | None:
    """The sign-in that is kept, if there is one. Whether Nexudus still takes it is known to a running kiosk alone."""
    at_rest = at_rest_for_reading(settings)
    return token_file(address_of(settings, site), settings.state.folder, at_rest).load()


def _as_json(standing: Standing) -> dict[str, object]:
    as_of = standing.directory_as_of
    return {
        "location": standing.house.name,
        "line": standing.line,
        "holder": standing.holder,
        "waiting": standing.waiting,
        "clear_in_seconds": None if standing.clear_in is None else round(standing.clear_in),
        "refused": standing.refused,
        "sign_in": standing.sign_in,
        "sign_in_ends": standing.sign_in_ends.isoformat() if standing.sign_in_ends else None,
        "directory_as_of": as_of.isoformat() if as_of else None,
        "camera": None if standing.camera is None else standing.camera.model_dump(mode="json"),
        "bluetooth": None if standing.radio is None else standing.radio.model_dump(mode="json"),
        "decoders": list(Decoder().names),
        "notices": list(standing.notices),
    }


def _show(standing: Standing) -> None:
    refused = f"{standing.refused} by Nexudus" + (" (see 'kiosk events --refused')" if standing.refused else "")
    lines = {
        "location": standing.house.name or "not set up",
        "line": standing.line,
        "state": f"held by process {standing.holder}" if standing.holder else "held by nobody",
        "queue": f"{standing.waiting} waiting for Nexudus{_until_clear(standing)}",
        "refused": refused,
        "sign-in": _sign_in(standing),
        "directory": _age(standing.directory_as_of, standing.house),
        "decoders": decoder_words(Decoder()),
    }
    if standing.camera is not None:
        lines["camera"] = camera_words(standing.camera)
    if standing.radio is not None:
        lines["bluetooth"] = radio_words(standing.radio)
    for name, value in lines.items():
        print_line(f"{name + ':':<11}{value}")
    for notice in standing.notices:
        print_line(f"notice:    {notice}")


def _sign_in(standing: Standing) -> str:
    if standing.sign_in_ends is not None and standing.sign_in == "ending":
        return f"ends {local_time(standing.sign_in_ends, standing.house)}: run 'kiosk setup' before then"
    return "signed in" if standing.sign_in == "in" else "needed: run 'kiosk setup'"


def camera_words(camera: CameraReport) -> str:
    """The camera in one line: what it is, what it does, and what to do about it if it does not."""
    if camera.fault is not None:
        return f"{camera.name}: {camera.cure}"
    match camera.state:
        case CameraState.LIVE:
            return f"{camera.name}, {camera.frames_per_second:.0f} pictures a second"
        case CameraState.STARTING:
            return f"{camera.name}, starting"
        case _:
            return camera.name


def _until_clear(standing: Standing) -> str:
    if not standing.waiting or standing.clear_in is None:
        return ""
    minutes = round(standing.clear_in / 60)
    if minutes < 1:
        return ", all sent in less than a minute"
    return ", all sent in about " + ("1 minute" if minutes == 1 else f"{minutes} minutes")


def _age(as_of: datetime | None, house: House) -> str:
    if as_of is None:
        return "never read"
    minutes = max(timedelta(0), SystemClock().now().wall - as_of) // timedelta(minutes=1)
    ago = "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"read {local_time(as_of, house)}, {ago} ago"
