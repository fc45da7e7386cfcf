"""`kiosk setup`: sign in and choose the location, without a screen."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys

from pydantic import SecretStr, ValidationError

from kiosk.assembly import SIGN_IN_SECONDS, open_state, with_overrides
from kiosk.commands.beside import told
from kiosk.commands.decoders import decoder_words
from kiosk.commands.failures import told_plainly
from kiosk.control.client import NobodyThere, ask
from kiosk.control.protocol import Answer, SignInAgain
from kiosk.sensors.decoder import Decoder
from kiosk.setting_up import set_up
from kiosk.settings import Settings, load_settings


def run(options: argparse.Namespace) -> int:
    """Set the kiosk up. The password comes from standard input or a prompt, never from the command line."""
    with told_plainly():
        settings = with_overrides(load_settings(options.settings), options.nexudus, options.state)
        password = _password(options.password_stdin)
        if not password:
            print("kiosk: no password was given. Pipe it in, or answer the prompt.", file=sys.stderr)
            return 2
        if (answer := _signed_in_by_the_running_kiosk(settings, options, password)) is not None:
            return told(answer)
        with open_state(settings) as state:
            asyncio.run(set_up(settings, state, options.email, password, options.location, options.totp, print))
    print(decoder_words(Decoder()))
    print("The kiosk is set up. Start it with 'kiosk run'.")
    return 0


def _signed_in_by_the_running_kiosk(settings: Settings, options: argparse.Namespace, password: str) -> Answer | None:
    """A kiosk that runs has the state: it signs in itself, where it stands. None if none runs."""
    try:
        request = SignInAgain(
            email=options.email, password=SecretStr(password), totp=options.totp, location=options.location,
            url=options.nexudus,
        )  # fmt: skip
        return ask(settings.state.folder, request, within=SIGN_IN_SECONDS + 10)
    except ValidationError:
        return Answer(done=False, said="This cannot be an e-mail address with its password and code. Check them.")
    except NobodyThere:
        return None


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.buffer.readline(4096).decode("utf-8", "replace").rstrip("\r\n")
    return getpass.getpass("Password: ")
