"""`kiosk line`: the desk as plain text on standard input and output."""

from __future__ import annotations

import argparse
import asyncio
import sys

from kiosk.assembly import Kiosk, open_kiosk, with_overrides
from kiosk.commands.failures import told_plainly
from kiosk.commands.logs import log_quietly
from kiosk.commands.memory import pass_over_what_stays
from kiosk.i18n.speech import known_languages, speeches
from kiosk.line.desk import LineDesk
from kiosk.settings import load_settings


def run(options: argparse.Namespace) -> int:
    """Answer until `quit` or the end of the input."""
    with told_plainly():
        settings = with_overrides(load_settings(options.settings), options.nexudus, options.state)
        log_quietly(settings.state.folder)
        with open_kiosk(settings) as kiosk:
            pass_over_what_stays()
            return talk(kiosk, options.language)


def talk(kiosk: Kiosk, language: str | None = None) -> int:
    """Run the plain-text desk on this process's standard input and output, in `language` or the house's own."""
    wanted = kiosk.settings.screen.languages
    if language is not None and language not in known_languages():
        known = ", ".join(known_languages())
        print(f"kiosk: there is no catalogue for the language {language}. There are: {known}", file=sys.stderr)
        return 2
    speech, *others = speeches([language, *(one for one in wanted if one != language)] if language else wanted)
    prompts = sys.stdin.isatty()
    return asyncio.run(
        LineDesk(kiosk.desk, speech, sys.stdin.buffer, sys.stdout, prompts=prompts, languages=others).run()
    )
