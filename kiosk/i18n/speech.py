"""A language: turns the kiosk's English sentences into it."""

from __future__ import annotations

import gettext
import logging
from collections.abc import Sequence
from pathlib import Path

from kiosk.text import to_be_said

logger = logging.getLogger(__name__)

LOCALES = Path(__file__).with_name("locales")
"""A folder for each language but English, with its catalogue in `LC_MESSAGES`."""

SOURCE_LANGUAGE = "en"
"""What the sentences are written in; it needs no catalogue."""

OWN_NAME = to_be_said("English")
"""What a language calls itself: in the German catalogue this is "Deutsch"."""


class Speech:
    """Says sentences in one language, from the gettext catalogue of that language where there is one."""

    def __init__(self, language: str = SOURCE_LANGUAGE) -> None:
        self.language = language
        self._catalogue = gettext.translation("kiosk", LOCALES, [language], fallback=True)

    @property
    def own_name(self) -> str:
        """What the language calls itself, for whoever looks for it."""
        return self.say(OWN_NAME)

    def say(self, sentence: str, **values: object) -> str:
        """The sentence in this language, its `{placeholders}` filled. Values are data: braces in a name stay as they
        are."""
        said = self._catalogue.gettext(sentence)
        return said.format(**values) if values else said

    def count(self, one: str, many: str, number: int) -> str:
        """The sentence for a number, which stands for `{number}` in it."""
        return self._catalogue.ngettext(one, many, number).format(number=number)


def known_languages() -> tuple[str, ...]:
    """English, and every language that has a compiled catalogue."""
    return (SOURCE_LANGUAGE, *sorted(file.parent.parent.name for file in LOCALES.glob("*/LC_MESSAGES/kiosk.mo")))


def speeches(wanted: Sequence[str]) -> tuple[Speech, ...]:
    """The languages that are offered, the house's own first. One without a catalogue is left out, and the log says so
    once; where none is left it is English."""
    known = known_languages()
    missing = [language for language in wanted if language not in known]
    if missing:
        logger.warning("no catalogue for %s: not offered (there are %s)", ", ".join(missing), ", ".join(known))
    return tuple(Speech(language) for language in wanted if language in known) or (Speech(),)
