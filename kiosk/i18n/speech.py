"""A language: turns the kiosk's English sentences into it."""

from __future__ import annotations

import gettext
from pathlib import Path

LOCALES = Path(__file__).with_name("locales")


class Speech:
    """Says sentences in one language, from the gettext catalogue of that language where there is one."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._catalogue = gettext.translation("kiosk", LOCALES, [language], fallback=True)

    def say(self, sentence: str, **values: object) -> str:
        """The sentence in this language, its `{placeholders}` filled. Values are data: braces in a name stay as they
        are."""
        said = self._catalogue.gettext(sentence)
        return said.format(**values) if values else said

    def count(self, one: str, many: str, number: int) -> str:
        """The sentence for a number, which stands for `{number}` in it."""
        return self._catalogue.ngettext(one, many, number).format(number=number)
