"""`kiosk line`: the desk as plain text on standard input and output."""

from __future__ import annotations

import argparse
import asyncio
import sys

from kiosk.assembly import Kiosk, open_kiosk, with_overrides
from kiosk.commands.failures import told_plainly
from kiosk.commands.logs import log_quietly
from kiosk.commands.memory import pass_over_what_stays
from kiosk.i18n.speech import Speech
from kiosk.line.desk import LineDesk
from kiosk.line.spoken import HeardOut, read_aloud
from kiosk.settings import load_settings
from kiosk.sounds.voice import NoVoice, choose_voice


def run(options: argparse.Namespace) -> int:
    """Answer until `quit` or the end of the input."""
    with told_plainly():
        settings = with_overrides(load_settings(options.settings), options.nexudus, options.state)
        log_quietly(settings.state.folder)
        with open_kiosk(settings) as kiosk:
            pass_over_what_stays()
            return talk_aloud(kiosk) if options.speak else talk(kiosk)


def talk(kiosk: Kiosk) -> int:
    """Run the plain-text desk on this process's standard input and output."""
    desk = LineDesk(kiosk.desk, Speech(), sys.stdin.buffer, sys.stdout, prompts=sys.stdin.isatty())
    return asyncio.run(desk.run())


def talk_aloud(kiosk: Kiosk) -> int:
    """The same, read aloud. What is typed interrupts what is being said."""
    speech = Speech()
    try:
        voice = choose_voice(lambda: speech.language)
    except NoVoice as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return 1
    source, out = HeardOut(sys.stdin.buffer, voice), read_aloud(sys.stdout, voice)
    try:
        return asyncio.run(LineDesk(kiosk.desk, speech, source, out, prompts=sys.stdin.isatty()).run())
    finally:
        voice.stop()
