from __future__ import annotations

import gettext
import struct
from pathlib import Path

import pytest

import kiosk.i18n.speech
from kiosk.i18n.speech import Speech


def catalogue(sentences: dict[str, str]) -> bytes:
    """A compiled gettext catalogue, as msgfmt writes it."""
    pairs = sorted((key.encode(), value.encode()) for key, value in sentences.items())
    keys = b"".join(key + b"\0" for key, _ in pairs)
    values = b"".join(value + b"\0" for _, value in pairs)
    start = 28 + 16 * len(pairs)
    tables: list[list[int]] = [[], []]
    for side, offset in ((0, start), (1, start + len(keys))):
        for pair in pairs:
            tables[side] += [len(pair[side]), offset]
            offset += len(pair[side]) + 1
    numbers = [0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0, *tables[0], *tables[1]]
    return struct.pack(f"<{len(numbers)}I", *numbers) + keys + values


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Speech:
    """Spanish, with a catalogue of three sentences."""
    file = tmp_path / "es" / "LC_MESSAGES" / "kiosk.mo"
    file.parent.mkdir(parents=True)
    header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    file.write_bytes(
        catalogue(
            {
                "": header,
                "Welcome": "¡Hola!",
                "{host} will collect you here.": "Le recogerá aquí {host}.",
                "{number} person\0{number} people": "{number} persona\0{number} personas",
            }
        )
    )
    monkeypatch.setattr(kiosk.i18n.speech, "LOCALES", tmp_path)
    # gettext keeps what it has read for as long as the process lives.
    monkeypatch.setattr(gettext, "_translations", {})
    return Speech("es")


def test_a_sentence_is_said_in_the_language_and_its_values_are_data(spanish: Speech) -> None:
    assert spanish.say("Welcome") == "¡Hola!"
    assert spanish.say("{host} will collect you here.", host="{Zoë} %s") == "Le recogerá aquí {Zoë} %s."


def test_a_sentence_that_the_catalogue_lacks_is_said_in_english(spanish: Speech) -> None:
    assert spanish.say("Goodbye") == "Goodbye"


def test_a_number_has_its_own_form(spanish: Speech) -> None:
    assert spanish.count("{number} person", "{number} people", 1) == "1 persona"
    assert spanish.count("{number} person", "{number} people", 2) == "2 personas"
    assert Speech("en").count("{number} person", "{number} people", 1) == "1 person"


def test_a_language_without_a_catalogue_is_english() -> None:
    assert Speech("tlh").say("Welcome") == "Welcome"
