"""Whether the state can be read and written, whether there is room for it, and whether its key is there."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kiosk.health.findings import Finding, Subject, Verdict
from kiosk.state.errors import StateDamaged
from kiosk.state.listing import Damage
from kiosk.state.secrets import present_key
from kiosk.state.site import Site

LITTLE_ROOM = 100 * 1024 * 1024
"""Bytes. A state of fifty thousand members and a month of events takes a few tens of megabytes, and a snapshot is
written beside the one it replaces."""


def judge_record(site: Site, damages: Sequence[Damage]) -> list[Finding]:
    """A state that could be read: whether a kiosk was set up in it, and whether the record was ever damaged."""
    found = [_set_up(site)]
    for damage in damages:
        if damage.found is None:
            said = f"The record is damaged ({damage.note})."
            cure = "Start the kiosk: it is repaired as far as possible. Then compare the last check-ins with Nexudus."
            found.append(Finding(Subject.STATE, "record", Verdict.WRONG, said, cure))
        else:
            said = f"The record was damaged and repaired on {damage.found:%Y-%m-%d}: {damage.note}."
            cure = "Compare the check-ins of that day with Nexudus. If it happens again, replace the card."
            found.append(Finding(Subject.STATE, "record", Verdict.NOTE, said, cure))
    return found


def _set_up(site: Site) -> Finding:
    if site.ready:
        return Finding(Subject.STATE, "record", Verdict.WELL, f"It can be read. This kiosk stands at {site.name}.")
    return Finding(Subject.STATE, "record", Verdict.WRONG, "No location has been chosen yet.", "Run 'kiosk setup'.")


def judge_key(key_file: Path, folder: Path, site: Site | None) -> Finding:
    """Whether the key is there under which PINs are kept.

    Args:
        key_file: Where it should be.
        folder: The state folder.
        site: Where the kiosk stands; None if that could not be read.
    """
    try:
        key = present_key(key_file, folder)
    except StateDamaged as error:
        return Finding(Subject.STATE, "key", Verdict.WRONG, str(error), "Mend that, then start the kiosk again.")
    if key is not None:
        return Finding(Subject.STATE, "key", Verdict.WELL, "The key is there, and its owner's alone.")
    if site is None or not site.ready:
        said = f"There is no key yet in {key_file}; 'kiosk setup' makes one."
        return Finding(Subject.STATE, "key", Verdict.NOTE, said)
    return Finding(
        Subject.STATE,
        "key",
        Verdict.WRONG,
        f"The key {key_file} is gone, so no PIN that is kept here can be matched.",
        "Put it back. A kiosk that starts without it makes a new one and reads the members again; what was sealed is "
        "lost.",
    )


def judge_room(folder: Path, little: int = LITTLE_ROOM) -> list[Finding]:
    """Whether the disk takes what the kiosk writes."""
    place = _nearest(folder)
    try:
        room = os.statvfs(place)
    except OSError as error:
        said = f"The disk of {folder} cannot be asked for its room: {error.strerror}."
        return [Finding(Subject.STATE, "room", Verdict.WRONG, said, "Check the card, and whether it is mounted.")]
    return [_room(room, folder, little), _writable(room, folder, place)]


def _room(room: os.statvfs_result, folder: Path, little: int) -> Finding:
    free = room.f_bavail * room.f_frsize
    if free < little:
        said = f"Only {_megabytes(free)} are free on the disk of {folder}."
        cure = f"Free some: below {_megabytes(little)} check-ins are at risk. See 'df -h', 'journalctl --disk-usage'."
        return Finding(Subject.STATE, "room", Verdict.WRONG, said, cure)
    if room.f_files and not room.f_favail:
        said = f"No more files can be made on the disk of {folder}."
        return Finding(Subject.STATE, "room", Verdict.WRONG, said, "Remove files that nobody needs; see 'df -i'.")
    return Finding(Subject.STATE, "room", Verdict.WELL, f"{_megabytes(free)} are free.")


def _writable(room: os.statvfs_result, folder: Path, place: Path) -> Finding:
    if room.f_flag & os.ST_RDONLY or _refuses_as_read_only(place):
        cure = "A worn card turns read-only: replace it. Else mount it for writing."
        return Finding(Subject.STATE, "folder", Verdict.WRONG, f"{place} is on a disk that is read-only.", cure)
    if not os.access(place, os.W_OK):
        cure = "Ask as the kiosk's own user; if this is that user, give it the folder."
        return Finding(Subject.STATE, "folder", Verdict.WRONG, f"This user may not write in {place}.", cure)
    if place == folder and _open_to_others(place):
        said = f"{place} is open to other users of this device."
        return Finding(Subject.STATE, "folder", Verdict.WRONG, said, f"Close it: chmod 700 {place}")
    return Finding(Subject.STATE, "folder", Verdict.WELL, "It can be written.")


def _refuses_as_read_only(place: Path) -> bool:
    """A disk that turned read-only after an error may not say so among its flags: so ext4 under newer kernels."""
    try:
        with tempfile.TemporaryFile(dir=place):
            return False
    except OSError as error:
        return error.errno == errno.EROFS


def _open_to_others(place: Path) -> bool:
    return bool(place.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _nearest(folder: Path) -> Path:
    """The folder, or before it is made the next one above it that is there."""
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"
