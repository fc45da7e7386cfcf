"""`kiosk badges`: which badges there are, and what staff do with them, beside a running kiosk as well."""

from __future__ import annotations

import argparse
import getpass
import json
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from kiosk.assembly import read_state
from kiosk.atomic_file import replace_file
from kiosk.commands.beside import carry_out, local_time, print_line, settings_of, site_in
from kiosk.commands.failures import told_plainly
from kiosk.control.badge_requests import MOST_BADGES, AddBadge, BadgeWords, RevokeBadges, TakeBadges
from kiosk.desk.badges import EnrolledBadge, Tier
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.rolling import KEY_BYTES, SERVICE
from kiosk.desk.signs import handle_of, read_sign
from kiosk.settings import Settings
from kiosk.state.badge_transfer import LARGEST_FILE, LEAST_PASSPHRASE, pack, unpack
from kiosk.state.badges import opened_badges, read_badges
from kiosk.state.errors import StateSealed
from kiosk.state.listing import read_names
from kiosk.state.secrets import present_key


class Misused(Exception):
    """A sentence for whoever gave the command."""


def run(options: argparse.Namespace) -> int:
    """List the badges, or do what was asked with them."""
    try:
        with told_plainly():
            settings = settings_of(options)
            match options.act:
                case "add":
                    return _add(settings, options)
                case "revoke":
                    return _revoke(settings, tuple(dict.fromkeys(options.handles)))
                case "export":
                    return _export(settings, options)
                case "import":
                    return _import(settings, options)
            return _list(settings, as_json=options.json)
    except Misused as error:
        print_line(f"kiosk: {error}", to_staff=True)
        return 2


def _list(settings: Settings, *, as_json: bool) -> int:
    with read_state(settings) as reading:
        badges, names = read_badges(reading.precious), read_names(reading.directory)
        house = site_in(reading).house()
    if as_json:
        print(json.dumps([_as_json(badge, names.get(badge.member, "")) for badge in badges], indent=1))
        return 0
    for badge in badges:
        level = f"{badge.calibration} dBm" if badge.calibration is not None else "not calibrated"
        ended = f"revoked {local_time(badge.revoked, house)}" if badge.revoked else ""
        name = names.get(badge.member, "")
        fields = (badge.handle, f"{badge.tier.value:<7}", f"{level:<14}", f"{badge.member!s:<15}", name, ended)
        print_line("  ".join(field for field in fields if field).rstrip())
    if not badges:
        print("No badges were enrolled on this kiosk. Those that only Nexudus knows are not listed here.")
    return 0


def _as_json(badge: EnrolledBadge, name: str) -> dict[str, object]:
    return {
        "handle": badge.handle,
        "member": str(badge.member),
        "name": name,
        "tier": badge.tier.value,
        "calibration_dbm": badge.calibration,
        "made": badge.made.isoformat(),
        "revoked": badge.revoked.isoformat() if badge.revoked else None,
    }


def _add(settings: Settings, options: argparse.Namespace) -> int:
    """Give a badge to a member. The key of a rolling one is shown once, since it has to get into the badge."""
    member, made = PersonId(PersonKind.MEMBER, options.member), datetime.now(UTC)
    if options.rolling:
        key = secrets.token_bytes(KEY_BYTES)
        badge = EnrolledBadge(secrets.token_hex(8), member, Tier.ROLLING, key, made, options.level)
    else:
        sign = read_sign(options.sign)
        if sign is None:
            raise Misused("A sign is ibeacon:UUID:MAJOR:MINOR or eddystone:NAMESPACE:INSTANCE, these in hexadecimal.")
        badge = EnrolledBadge(handle_of(sign), member, Tier.STATIC, sign.encode(), made, options.level)
    status = carry_out(settings, AddBadge(badge=BadgeWords.of(badge)))
    if status == 0 and badge.tier is Tier.ROLLING:
        print(f"Its key, shown this once: {badge.secret.hex()}")
        print(f"Its service: {SERVICE}")
    elif status == 0:
        print("Enter that handle at the member in Nexudus, and every kiosk of the location knows the badge.")
    return status


def _revoke(settings: Settings, handles: tuple[str, ...]) -> int:
    if len(handles) > MOST_BADGES:
        raise Misused(f"Give {MOST_BADGES} handles at most.")
    return carry_out(settings, RevokeBadges(handles=handles))


def _export(settings: Settings, options: argparse.Namespace) -> int:
    key = present_key(settings.state.key_file, settings.state.folder)
    with read_state(settings) as reading:
        if key is None:
            raise StateSealed("This device's key is not there to open the secrets. Ask as the kiosk's own user.")
        badges = opened_badges(reading.precious, key)
    passphrase = _passphrase(options, twice=True)
    if len(passphrase) < LEAST_PASSPHRASE:
        raise Misused(f"Whoever gets the file may guess for years: give {LEAST_PASSPHRASE} characters or more.")
    try:
        replace_file(options.file, pack(badges, passphrase))
    except OSError as error:
        print_line(f"kiosk: {options.file} cannot be written: {error.strerror}. Name another.", to_staff=True)
        return 1
    print_line(f"{_counted(len(badges))} in {options.file}. Who has the file and the passphrase has the badges.")
    return 0


def _import(settings: Settings, options: argparse.Namespace) -> int:
    try:
        with Path(options.file).open("rb") as file:
            data = file.read(LARGEST_FILE)
    except OSError as error:
        print_line(f"kiosk: {options.file} cannot be read: {error.strerror}.", to_staff=True)
        return 1
    badges = unpack(data, _passphrase(options, twice=False))
    if not badges:
        print("There is no badge in the file.")
    try:
        words = [BadgeWords.of(badge) for badge in badges]
    except ValidationError:
        print_line("kiosk: The file holds a badge that is not whole. Nothing was taken over.", to_staff=True)
        return 1
    batches = [tuple(words[start : start + MOST_BADGES]) for start in range(0, len(words), MOST_BADGES)]
    return max((carry_out(settings, TakeBadges(badges=batch)) for batch in batches), default=0)


def _passphrase(options: argparse.Namespace, *, twice: bool) -> str:
    """Asked for on the terminal, or the first line of standard input: never on the command line, which others see."""
    if options.passphrase_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Misused("Give the passphrase with --passphrase-stdin, or on a terminal.")
    given = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("Once more: ") != given:
        raise Misused("The two passphrases differ.")
    return given


def _counted(number: int) -> str:
    return "1 badge" if number == 1 else f"{number} badges"
