"""`kiosk screen`: what is on the glass of the running kiosk, for whoever looks after it from afar.

It shows and changes nothing. What a visitor types, and who people are, is hidden before it leaves the kiosk.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from kiosk.commands.beside import print_line, settings_of
from kiosk.commands.failures import told_plainly
from kiosk.commands.glass_drawing import as_ansi, as_png, as_svg
from kiosk.control.client import NobodyThere, ask
from kiosk.control.packing import unpacked
from kiosk.control.protocol import LookAtGlass, NotUnderstood
from kiosk.desk.glass import Glimpse
from kiosk.desk.staff import NotPossible

SECONDS_BETWEEN_LOOKS = 0.5

_HOME, _REST, _PLAIN, _CLEAR = "\x1b[H", "\x1b[J", "\x1b[0m", "\x1b[2J"


def run(options: argparse.Namespace) -> int:
    """Look once, or again and again; status 1 if there is nothing to see."""
    with told_plainly():
        folder = settings_of(options).state.folder
        try:
            if options.save is not None:
                _save(_look(folder), options.save)
            elif options.once or not sys.stdout.isatty():
                _print(_look(folder), in_words=options.text)
            else:
                _watch(folder, in_words=options.text)
        except NotPossible as error:
            print_line(f"kiosk: {error}", to_staff=True)
            return 1
    return 0


def _look(folder: Path) -> Glimpse:
    try:
        answer = ask(folder, LookAtGlass())
        if not answer.done:
            raise NotPossible(answer.said)
        return unpacked(answer.glass)
    except NobodyThere:
        raise NotPossible("No kiosk runs on this state. Start it with 'kiosk run'.") from None
    except NotUnderstood:
        raise NotPossible("The running kiosk is of another version. Restart it.") from None


def _print(look: Glimpse, *, in_words: bool) -> None:
    for line in look.words if in_words else as_ansi(look):
        print_line(line)


def _watch(folder: Path, *, in_words: bool) -> None:
    """Until Ctrl-C. Only what has changed is written: a slow line has other work."""
    before: Glimpse | None = None
    sys.stdout.write(_CLEAR)
    try:
        while True:
            look = _look(folder)
            if look != before:
                sys.stdout.write(_HOME)
                _print(look, in_words=in_words)
                sys.stdout.write(f"{_PLAIN}{_REST}{look.screen}  (Ctrl-C ends)\n")
                sys.stdout.flush()
                before = look
            time.sleep(SECONDS_BETWEEN_LOOKS)
    except KeyboardInterrupt:
        sys.stdout.write(_PLAIN)


def _save(look: Glimpse, file: Path) -> None:
    kinds = {".svg": as_svg, ".png": as_png, ".txt": _as_words}
    drawn = kinds.get(file.suffix.lower())
    if drawn is None:
        raise NotPossible(f"{file.name} would be a picture of no known kind. Name a .svg, .png or .txt file.")
    try:
        file.write_bytes(drawn(look))
    except OSError as error:
        raise NotPossible(f"{file} cannot be written: {error.strerror}.") from error


def _as_words(look: Glimpse) -> bytes:
    return "\n".join([*look.words, ""]).encode()
