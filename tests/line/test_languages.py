"""The line desk in every language: a whole walk-in, commands in the person's own words, and a change of language."""

from __future__ import annotations

import io
import unicodedata

import pytest

from kiosk.i18n.speech import Speech, known_languages, speeches
from kiosk.line.desk import LineDesk
from kiosk.line.languages import command_in, language_meant
from kiosk.line.phrases import unmarked
from tests.line.scripted import ScriptedDesk, no_sleep

WALK_IN = "\n".join(
    (
        "10",  # another language, and back
        "0",
        "1",  # a wrong code
        "9999",
        "7",  # a registration with a slip in every answer
        "ana@acme",
        "ana@acme.org",
        "A",
        "Ana",
        "Sol",
        "nobody-of-that-name",
        "ana",
        "2",
        "2",
        "9",  # what to do without a PIN
        "4",  # undo
        "5",  # how things stand
        "help",
        "6",
    )
)


async def said(
    typed: str, language: str, *, prompts: bool = True, offered: tuple[str, ...] = ("en", "de")
) -> list[str]:
    """What is answered at a line that begins in this language."""
    out = io.StringIO()
    speech, *others = speeches((language, *(one for one in offered if one != language)))
    desk = LineDesk(
        ScriptedDesk(), speech, io.BytesIO(typed.encode()), out, prompts=prompts, languages=others, sleep=no_sleep
    )
    assert await desk.run() == 0
    return out.getvalue().splitlines()


@pytest.mark.parametrize("language", [one for one in known_languages() if one != "en"])
async def test_a_walk_in_from_the_menu_to_the_end_is_said_in_the_language_alone(language: str) -> None:
    english = await said(WALK_IN, "en")
    lines = await said(WALK_IN, language, offered=("en",))
    assert len(lines) == len(english)
    spoken_alike = {line for line, other in zip(lines, english, strict=True) if line == other}
    assert spoken_alike == set()


@pytest.mark.parametrize("language", known_languages())
async def test_a_screen_reader_is_given_text_alone_and_nothing_twice(language: str) -> None:
    lines = await said(WALK_IN, language)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert line != following
        assert line == line.strip()
    for char in set("".join(lines)):
        assert unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs"), "no colour codes, nothing unseen"
        assert not 0x2500 <= ord(char) < 0x2600, "no box drawing, no blocks"
        assert not 0x1FB00 <= ord(char) < 0x1FC00, "no mosaic"


@pytest.mark.parametrize("language", known_languages())
async def test_commands_are_taken_in_the_language_without_its_accents_and_in_english(language: str) -> None:
    own = command_in(Speech(language), "status")
    bare = "".join(char for char in unicodedata.normalize("NFKD", own) if not unicodedata.combining(char))
    answers = await said(f"status\n{own}\n{own.upper()}\n{bare}\n", language, prompts=False)
    assert len(answers) == 5
    assert {answer.split()[0] for answer in answers[:4]} == {"status"}, "scripts rely on the word, in any language"


async def test_a_command_changes_the_language_of_the_session() -> None:
    lines = await said("language deutsch\nquatsch\nsprache en\nnonsense\nlanguage tlh\n", "en", prompts=False)
    assert lines == [
        "language Deutsch",
        "error Das war nicht zu verstehen. Tippen Sie eine Nummer aus der Liste, oder hilfe.",
        "language English",
        "error That was not understood. Type a number of the list, or help.",
        "error The languages are: en English; de Deutsch",
        "bye everything is with Nexudus",
    ]


async def test_the_menu_changes_the_language_by_number_and_names_each_by_its_own_name() -> None:
    lines = await said("10\n2\n6\n", "en")
    assert "1 English. 2 Deutsch. Type a number, or 0 to go back." in lines
    assert lines[-3].startswith("Harbour Works. 1 Ich bin Mitglied. 2 Ich bin zu Besuch.")
    assert lines[-1] == "Ende: Nexudus hat alles"


async def test_where_there_is_one_language_the_menu_offers_no_other() -> None:
    lines = await said("6\n", "en", offered=())
    assert "10" not in lines[0]


@pytest.mark.parametrize(
    ("line", "spoken"),
    [
        ("**Visiting Harbour Works**", "Visiting Harbour Works"),
        ("## House rules", "House rules"),
        ("> `quiet` after 22:00, __please__", "quiet after 22:00, please"),
        ("- 2 * 3 # of snake_case", "- 2 * 3 # of snake_case"),
    ],
)
def test_a_voice_is_not_given_the_signs_of_markdown(line: str, spoken: str) -> None:
    assert unmarked(line) == spoken


def test_a_language_is_meant_by_its_letters_its_own_name_or_its_number() -> None:
    offered = speeches(("en", "es"))
    assert [language_meant(typed, offered) for typed in ("ES", "espanol", "2", "Spanish")] == [*offered[1:] * 3, None]
