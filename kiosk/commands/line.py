"""`kiosk line`: the desk as plain text on standard input and output."""

from __future__ import annotations

import argparse
import asyncio
import sys

from kiosk.assembly import Kiosk, open_kiosk, with_overrides
from kiosk.commands.failures import told_plainly
from kiosk.commands.logs import log_quietly
from kiosk.commands.memory import pass_over_what_stays
from kiosk.i18n.speech import Speech, known_languages, speeches
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
            if options.language is not None and options.language not in known_languages():
                known = ", ".join(known_languages())
                print(f"kiosk: there is no catalogue for {options.language}. There are: {known}.", file=sys.stderr)
                return 2
            return (talk_aloud if options.speak else talk)(kiosk, options.language)


def talk(kiosk: Kiosk, language: str | None = None) -> int:
    """Run the plain-text desk on this process's standard input and output, in `language` or the house's own."""
    speech, *others = _speeches(kiosk, language)
    prompts = sys.stdin.isatty()
    desk = LineDesk(kiosk.desk, speech, sys.stdin.buffer, sys.stdout, prompts=prompts, languages=others)
    return asyncio.run(desk.run())


def talk_aloud(kiosk: Kiosk, language: str | None = None) -> int:
    """The same, read aloud. What is typed interrupts what is being said."""
    speech, *others = _speeches(kiosk, language)
    try:
        voice = choose_voice(lambda: desk.language)
    except NoVoice as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return 1
    source, out = HeardOut(sys.stdin.buffer, voice), read_aloud(sys.stdout, voice)
    desk = LineDesk(kiosk.desk, speech, source, out, prompts=sys.stdin.isatty(), languages=others)
    try:
        return asyncio.run(desk.run())
    finally:
        voice.stop()


def _speeches(kiosk: Kiosk, language: str | None) -> tuple[Speech, ...]:
    """The language to begin with, then the others that can be chosen."""
    wanted = kiosk.settings.screen.languages
    return speeches([language, *(one for one in wanted if one != language)] if language else wanted)
