"""The arguments of `kiosk badges`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_badges(commands: Commands, add_state: Callable[..., None]) -> None:
    """Add the command. `add_state` adds the arguments that say which state, as for every other command."""
    parser = commands.add_parser("badges", help="members' badges that are held near: list, add, revoke, export, import")
    add_state(parser)
    parser.add_argument("--json", action="store_true", help="the list as JSON")
    acts = parser.add_subparsers(dest="act", metavar="ACT")
    add_state(acts.add_parser("list", help="those that were enrolled here"), default=argparse.SUPPRESS)
    add = acts.add_parser("add", help="give a badge to a member")
    add.add_argument("member", type=member, metavar="MEMBER", help="such as member:1002")
    kind = add.add_mutually_exclusive_group(required=True)
    kind.add_argument("--sign", help="what a static badge says: ibeacon:UUID:MAJOR:MINOR or eddystone:NS:INSTANCE")
    kind.add_argument("--rolling", action="store_true", help="a badge that proves itself; prints its key")
    add.add_argument("--level", type=level, metavar="DBM", help="how loud it is at the mark, such as -40")
    add_state(add, default=argparse.SUPPRESS)
    revoke = acts.add_parser("revoke", help="let badges count no more")
    revoke.add_argument("handles", nargs="+", type=handle, metavar="HANDLE")
    add_state(revoke, default=argparse.SUPPRESS)
    for name, said in (
        ("export", "all badges into a file that a passphrase opens"),
        ("import", "those of such a file"),
    ):
        act = acts.add_parser(name, help=said)
        act.add_argument("file", type=Path, metavar="FILE")
        act.add_argument("--passphrase-stdin", action="store_true", help="read it from standard input")
        add_state(act, default=argparse.SUPPRESS)


def member(text: str) -> int:
    """A member as `kiosk events` lists them."""
    found = re.fullmatch(r"(?:member:)?([1-9][0-9]{0,15})", text)
    if found is None:
        raise argparse.ArgumentTypeError("give member:NUMBER")
    return int(found[1])


def level(text: str) -> int:
    """How loud a badge can be at the mark, in dBm."""
    value = int(text)
    if not -80 <= value <= -20:
        raise argparse.ArgumentTypeError("give dBm, from -80 to -20")
    return value


def handle(text: str) -> str:
    """A handle, as `kiosk badges` lists it."""
    if not re.fullmatch(r"[0-9a-fA-F]{16}", text):
        raise argparse.ArgumentTypeError("a handle has 16 hexadecimal digits")
    return text.lower()
