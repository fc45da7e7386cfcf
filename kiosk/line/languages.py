"""Commands in the person's language, and the languages that a person can ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kiosk.i18n.speech import Speech
from kiosk.line.commands import folded
from kiosk.line.vocabulary import WORDS, Verb

_WORD = re.compile(r"[A-Za-z]+")


def verbs_in(speech: Speech) -> Mapping[str, Verb]:
    """The commands of a language by their folded first words: those in English, and its own. An English word means
    what it means in English."""
    return {folded(speech.say(verb.value)): verb for verb in Verb} | {verb.value: verb for verb in Verb}


def command_in(speech: Speech, command: str) -> str:
    """A command as it is typed in a language: "out CODE" is "salida CÓDIGO"."""
    return _WORD.sub(lambda found: speech.say(found[0]) if found[0] in WORDS else found[0], command)


def language_meant(typed: str, offered: Sequence[Speech]) -> Speech | None:
    """The language that somebody asks for by its two letters, its own name, or its number in `language_list`."""
    wanted = folded(typed)
    for number, speech in enumerate(offered, 1):
        if wanted in (folded(speech.language), folded(speech.own_name), str(number)):
            return speech
    return None


def language_list(offered: Sequence[Speech]) -> str:
    """All languages in one line, each by its own name."""
    return "; ".join(f"{speech.language} {speech.own_name}" for speech in offered)
