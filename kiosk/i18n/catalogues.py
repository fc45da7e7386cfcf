"""The catalogues as files: what the code says is collected into them, and they are compiled.

Used where the kiosk is built and developed, never where it runs: it needs Babel, and a running kiosk reads the compiled
catalogues with Python's own gettext.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
"""Where the code is; the catalogues name files from here."""

LOCALES = Path(__file__).with_name("locales")

_SAYING = ("say", "to_be_said")
_COUNTING = "count"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the code: `many` besides where a number decides between two."""

    one: str
    many: str = ""

    @property
    def key(self) -> str | tuple[str, str]:
        """As Babel names it."""
        return (self.one, self.many) if self.many else self.one


def sentences_of(code: str) -> Iterator[Sentence]:
    """What a module says: the literal first argument of each call of `say` and `to_be_said`, the two of `count`."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if called in _SAYING and texts[:1] > [""]:
            yield Sentence(texts[0])
        elif called == _COUNTING and len(texts) == 2 and len(node.args) == 3:
            yield Sentence(texts[0], texts[1])


def template() -> Catalog:
    """Every sentence of the kiosk, with the files that say it."""
    found = Catalog(domain="kiosk", project="nexudus-kiosk", fuzzy=False)
    for file, sentence in _all_sentences():
        found.add(sentence.key, locations=[(file, 0)])
    return found


@cache
def _all_sentences() -> tuple[tuple[str, Sentence], ...]:
    """Where it is said, and what. The code does not change while this runs, and to parse it takes seconds on a Pi."""
    files = sorted((ROOT / "kiosk").rglob("*.py"))
    texts = {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in files}
    said = {file: code for file, code in texts.items() if any(f"{word}(" in code for word in (*_SAYING, _COUNTING))}
    return tuple((file, sentence) for file, code in said.items() for sentence in sentences_of(code))


def read(language: str) -> Catalog:
    """The catalogue of a language as it stands in its file; empty where there is none yet."""
    file = file_of(language)
    if not file.exists():
        return _begun(language)
    with file.open("rb") as source:
        return read_po(source, locale=language, domain="kiosk")


def _begun(language: str) -> Catalog:
    """A new catalogue, with the plural forms that its language has."""
    return Catalog(
        locale=language,
        domain="kiosk",
        header_comment=f"# What the kiosk says, in {Locale.parse(language).english_name}.",
        project="nexudus-kiosk",
        version="any",
        msgid_bugs_address="the repository's issues",
        last_translator="the kiosk's own",
        language_team=Locale.parse(language).english_name or language,
        revision_date=datetime.now(UTC),
        charset="utf-8",
        fuzzy=False,
    )


def update(language: str) -> Catalog:
    """Bring new sentences into a language's file, untranslated. What is translated stays; what nobody says any more is
    kept at the end, as a comment, for the day it is said again."""
    catalogue = read(language)
    catalogue.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    file = file_of(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    write(catalogue)
    return catalogue


def write(catalogue: Catalog) -> None:
    """Put a catalogue into the file of its language."""
    with file_of(str(catalogue.locale)).open("wb") as target:
        write_po(target, catalogue, width=120, include_lineno=False)


def compile_all() -> list[str]:
    """Compile every catalogue; answers the languages. Each file takes its place whole: others may be reading it."""
    for language in languages():
        compiled = BytesIO()
        write_mo(compiled, read(language))
        target = file_of(language).with_suffix(".mo")
        beside = target.with_suffix(f".{os.getpid()}")
        beside.write_bytes(compiled.getvalue())
        beside.replace(target)
    return languages()


def languages() -> list[str]:
    """Every language that has a file."""
    return sorted(file.parent.parent.name for file in LOCALES.glob("*/LC_MESSAGES/kiosk.po"))


def file_of(language: str) -> Path:
    """The text of a language's catalogue."""
    return LOCALES / language / "LC_MESSAGES" / "kiosk.po"


def flaws(catalogue: Catalog, said: Catalog) -> list[str]:
    """What is wrong with a catalogue beside what the code says: one line each, empty where all is well."""
    known = {_texts(message.id): message for message in catalogue if message.id}
    wanted = {_texts(message.id) for message in said if message.id}
    found = [f"missing: {key[0]}" for key in sorted(wanted - known.keys())]
    found += [f"stale: {key[0]}" for key in sorted(known.keys() - wanted)]
    for message in known.values():
        found += _flaws_of(message, catalogue.num_plurals)
    return found


def _flaws_of(message: Message, forms: int) -> Iterator[str]:
    keys, texts = _texts(message.id), _texts(message.string)
    if message.fuzzy or not all(texts) or len(texts) != (forms if len(keys) > 1 else 1):
        yield f"untranslated: {keys[0]}"
        return
    for text in texts:
        if placeholders(text) != placeholders(keys[-1]):
            yield f"other placeholders: {keys[0]} -> {text}"
        if text != text.strip() or text.count("\n") != keys[-1].count("\n"):
            yield f"other white space: {keys[0]} -> {text}"


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _texts(part: str | Sequence[str] | None) -> tuple[str, ...]:
    """One sentence, or one for each number."""
    return (part,) if isinstance(part, str) else tuple(part or ("",))
