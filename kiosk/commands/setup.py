"""`kiosk setup`: sign in and choose the location, without a screen."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys

from kiosk.assembly import open_state, with_overrides
from kiosk.commands.decoders import decoder_words
from kiosk.commands.failures import told_plainly
from kiosk.sensors.decoder import Decoder
from kiosk.setting_up import set_up
from kiosk.settings import load_settings


def run(options: argparse.Namespace) -> int:
    """Set the kiosk up. The password comes from standard input or a prompt, never from the command line."""
    with told_plainly():
        settings = with_overrides(load_settings(options.settings), options.nexudus, options.state)
        password = _password(options.password_stdin)
        if not password:
            print("kiosk: no password was given. Pipe it in, or answer the prompt.", file=sys.stderr)
            return 2
        with open_state(settings) as state:
            asyncio.run(set_up(settings, state, options.email, password, options.location, options.totp, print))
    print(decoder_words(Decoder()))
    print("The kiosk is set up. Start it with 'kiosk run'.")
    return 0


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.buffer.readline(4096).decode("utf-8", "replace").rstrip("\r\n")
    return getpass.getpass("Password: ")
