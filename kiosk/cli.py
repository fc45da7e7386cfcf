"""The command line. Exit status 0 done, 1 failed, 2 misused; errors are one sentence on standard error."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from kiosk import __version__
from kiosk.commands.badge_arguments import add_badges
from kiosk.traces import traces

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. A command's module is loaded only when it is the one asked for."""
    options = _parser().parse_args(arguments)
    command = import_module(f"kiosk.commands.{options.command.replace('-', '_')}")
    try:
        status: int = command.run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has gone. Python would complain of it once more as it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        # A fault of the kiosk itself. Its message may quote what people typed, so only its kind and place are told.
        sys.stderr.write(f"kiosk: this is a fault of the kiosk; please report it: {traces(error)}\n")
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="The lobby check-in kiosk for Nexudus.")
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_demo(commands)
    _add_run(commands)
    _add_line(commands)
    _add_setup(commands)
    _add_doctor(commands)
    _add_events(commands)
    _add_rollcall(commands)
    _add_staff_pin(commands)
    _add_audit(commands)
    _add_status(commands)
    _add_screen(commands)
    _add_support_bundle(commands)
    _add_beacon(commands)
    _add_record(commands)
    _add_scan(commands)
    _add_sandbox(commands)
    _add_bench(commands)
    _add_check_config(commands)
    add_badges(commands, _add_state)
    return parser


def _add_demo(commands: Commands) -> None:
    parser = commands.add_parser("demo", help="the full kiosk on a simulated Nexudus: no account, no hardware")
    parser.add_argument(
        "--camera",
        metavar="PATH",
        help="a picture, a video, or a folder of pictures, to hold before the camera; code:TEXT draws a QR code",
    )
    parser.add_argument("--ble", type=Path, metavar="FILE", help="a recording of Bluetooth packets to replay")
    parser.add_argument("--state", type=Path, metavar="DIR", help="keep the state there; by default it is thrown away")
    parser.add_argument("--line", action="store_true", help="as plain-text prompts instead of the touch screen")
    _add_language(parser, "of the plain-text prompts")
    parser.add_argument("--blank", action="store_true", help="begin with a kiosk that has yet to be set up, by touch")


def _add_run(commands: Commands) -> None:
    parser = commands.add_parser("run", help="the kiosk of this device")
    _add_common(parser)
    parser.add_argument(
        "--camera",
        metavar="SOURCE",
        help='"auto", "picamera2", "v4l2", "/dev/videoN", "none", "code:TEXT", or pictures or a video to replay',
    )
    parser.add_argument("--ble", metavar="SOURCE", help='"auto", "none", or a recording of Bluetooth packets to replay')


def _add_line(commands: Commands) -> None:
    parser = commands.add_parser("line", help="the same desk as plain numbered prompts")
    _add_common(parser)
    _add_language(parser, "to begin with")


def _add_language(parser: argparse.ArgumentParser, which: str) -> None:
    parser.add_argument("--language", metavar="LANGUAGE", help=f'the language {which}, such as "de"')
    parser.add_argument("--speak", action="store_true", help="also read it aloud (speech-dispatcher, espeak-ng)")


def _add_setup(commands: Commands) -> None:
    parser = commands.add_parser("setup", help="sign in, choose the location, read the directory")
    _add_common(parser)
    parser.description = (
        "Asks on a terminal for what these do not tell. Without one, --email and --password-stdin must."
    )
    parser.add_argument("--email", help="the kiosk's own Nexudus account")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    parser.add_argument("--staff-pin-stdin", action="store_true", help="read a staff PIN from the line after it")
    parser.add_argument("--location", metavar="NAME", help="the location, where the account sees several")
    parser.add_argument("--totp", metavar="CODE", help="the six-digit code of two-factor sign-in")


def _add_doctor(commands: Commands) -> None:
    parser = commands.add_parser("doctor", help="what is wrong here, and what to do about it")
    _add_common(parser)
    parser.add_argument("--json", action="store_true", help="as one JSON object")


def _add_events(commands: Commands) -> None:
    parser = commands.add_parser("events", help="what was recorded, what waits, what Nexudus refused")
    _add_state(parser)
    parser.add_argument("--waiting", action="store_true", help="those that Nexudus has not heard of")
    parser.add_argument("--refused", action="store_true", help="those that it refused")
    parser.add_argument("--json", action="store_true", help="as one JSON list")
    acts = parser.add_subparsers(dest="act", metavar="ACT")
    for name, said in (("retry", "put refused events back into the queue"), ("dismiss", "close refused events")):
        act = acts.add_parser(name, help=said)
        act.add_argument("numbers", nargs="+", type=event_number, metavar="NUMBER")
        _add_state(act, default=argparse.SUPPRESS)
    forget = acts.add_parser("forget", help="erase every trace of a person")
    forget.add_argument("person", type=person, metavar="PERSON", help="such as member:1002, visitor:17 or walk-in:5")
    forget.add_argument("--even-waiting", action="store_true", help="also what Nexudus has not heard of")
    _add_state(forget, default=argparse.SUPPRESS)
    export = acts.add_parser("export", help="all events as CSV")
    export.add_argument("--output", type=Path, metavar="FILE", help="by default standard output")
    _add_state(export, default=argparse.SUPPRESS)


def _add_rollcall(commands: Commands) -> None:
    parser = commands.add_parser("rollcall", help="who is in now")
    _add_state(parser)
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.add_argument("--print", action="store_true", help="on paper, through CUPS")
    parser.add_argument("--printer", metavar="QUEUE", help="which queue of CUPS, in place of the settings'")


def _add_staff_pin(commands: Commands) -> None:
    parser = commands.add_parser("staff-pin", help="set the PIN of the staff corner")
    _add_state(parser)
    parser.add_argument("--stdin", action="store_true", help="read it from standard input, as one line")


def _add_audit(commands: Commands) -> None:
    parser = commands.add_parser("audit", help="what staff and the nightly comparison did with the record")
    _add_state(parser)
    parser.add_argument("--json", action="store_true", help="as one JSON list")


def _add_status(commands: Commands) -> None:
    parser = commands.add_parser("status", help="how the kiosk of this device stands")
    _add_state(parser)
    parser.add_argument("--json", action="store_true", help="as one JSON object")


def _add_screen(commands: Commands) -> None:
    parser = commands.add_parser("screen", help="what is on the glass of the running kiosk, until Ctrl-C")
    parser.set_defaults(command="glass")
    _add_state(parser)
    parser.add_argument("--once", action="store_true", help="one look")
    parser.add_argument("--text", action="store_true", help="words alone, without colours")
    parser.add_argument("--save", type=Path, metavar="FILE", help="one look into a .svg, .png or .txt file")


def _add_support_bundle(commands: Commands) -> None:
    parser = commands.add_parser("support-bundle", help="one file for whoever helps from afar; it names nobody")
    parser.set_defaults(command="support_bundle")
    _add_state(parser)
    parser.add_argument("--output", type=Path, metavar="FILE", help="a .tar.gz; one named after the time unless given")


def _add_beacon(commands: Commands) -> None:
    parser = commands.add_parser("beacon", help="what the kiosk's iBeacon says now")
    _add_state(parser)
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.add_argument("--key", action="store_true", help="the secret of the rolling minor number, for who checks it")


def _add_record(commands: Commands) -> None:
    parser = commands.add_parser("record", help="write down what a badge sends that is held to the kiosk")
    parser.add_argument("file", type=Path, metavar="FILE", help="the recording, for --ble")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="the settings file")
    parser.add_argument("--seconds", type=seconds, default=20.0, metavar="N", help="how long (20)")
    parser.add_argument(
        "--rssi", type=loudness, default=-60, metavar="DBM", help="what is fainter is not near, and not written (-60)"
    )


def _add_scan(commands: Commands) -> None:
    parser = commands.add_parser("scan", help="read the QR codes of pictures, or live; one JSON line each")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE|FOLDER")
    parser.add_argument("--live", action="store_true", help="what the camera sees, until Ctrl-C or q")
    parser.add_argument(
        "--camera", metavar="SOURCE", default="auto", help="live: a camera as in the settings, or pictures to replay"
    )
    parser.add_argument("--seconds", type=seconds, metavar="N", help="live: end by itself after so long")


def _add_sandbox(commands: Commands) -> None:
    parser = commands.add_parser("sandbox", help="the simulated Nexudus alone")
    parser.add_argument("--port", type=port, default=8765, help="0 takes any free one")
    parser.add_argument("--data", type=Path, metavar="FILE", help="keep its records there over a restart")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME[=VALUE]",
        help='begin with this fault, such as delay=5; may be repeated. While it runs, type "?" for all of them',
    )


def _add_bench(commands: Commands) -> None:
    parser = commands.add_parser("bench", help="measure this device")
    parser.add_argument(
        "subject",
        nargs="?",
        choices=("desk", "glass", "store", "sync", "scan", "badges"),
        default="desk",
        help="what a person waits for (the default), what is drawn for a visitor with a QR code, the store beside "
        "SQLite and TinyDB, the sync with Nexudus, the reading of QR codes beside each decoder alone, or whose badges "
        "act among simulated people",
    )
    parser.add_argument(
        "pictures",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="of scan: pictures, each with its code's content beside it, as X.png and X.txt or X.bin",
    )
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.add_argument("--rounds", type=number, default=200, help="how often each thing is measured")
    parser.add_argument(
        "--members", type=number, help="of the desk (5000) and of the sync (50000): members in the directory"
    )
    parser.add_argument("--events", type=number, default=600, help="of the sync: events that go up after an outage")
    parser.add_argument(
        "--documents",
        type=number,
        nargs="+",
        default=[1000, 10_000, 100_000],
        metavar="NUMBER",
        help="of the store: the sizes it is measured at",
    )
    parser.add_argument(
        "--check-ins", type=number, default=6000, help="of the store: over how many check-ins the writing is counted"
    )


def _add_check_config(commands: Commands) -> None:
    parser = commands.add_parser("check-config", help="whether settings files can be used; each fault with its line")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")


def _add_common(parser: argparse.ArgumentParser) -> None:
    _add_state(parser)
    parser.add_argument("--nexudus", metavar="URL", help="the address of Nexudus")


def _add_state(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """Which state. An act suppresses its default, which would replace what was given before the act."""
    parser.add_argument("--settings", type=Path, metavar="FILE", default=default, help="the settings file")
    parser.add_argument("--state", type=Path, metavar="DIR", default=default, help="the state folder")


def port(text: str) -> int:
    """A port of this machine; the name is what argparse calls a wrong one."""
    value = int(text)
    if not 0 <= value <= 65_535:
        raise argparse.ArgumentTypeError("a port is from 0 to 65535")
    return value


def number(text: str) -> int:
    """How many of something."""
    value = int(text)
    if not 1 <= value <= 1_000_000:
        raise argparse.ArgumentTypeError("give a number from 1 to 1000000")
    return value


def seconds(text: str) -> float:
    """A time that is worth waiting for."""
    value = float(text)
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError("give seconds, more than 0 and at most 86400")
    return value


def loudness(text: str) -> int:
    """How loud a packet is."""
    value = int(text)
    if not -100 <= value <= -10:
        raise argparse.ArgumentTypeError("give dBm, from -100 to -10")
    return value


def event_number(text: str) -> int:
    """The number of an event, as `kiosk events` lists it."""
    value = int(text)
    if not 1 <= value <= 2**53:
        raise argparse.ArgumentTypeError("events are numbered from 1")
    return value


def person(text: str) -> str:
    """A person as `kiosk events` lists them."""
    if not re.fullmatch(r"(member|visitor|walk-in):[1-9][0-9]{0,17}", text):
        raise argparse.ArgumentTypeError("give member:NUMBER, visitor:NUMBER or walk-in:NUMBER")
    return text
