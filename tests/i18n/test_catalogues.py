"""Every sentence of the code is in every catalogue, translated, with its placeholders; and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.i18n import catalogues
from kiosk.i18n.__main__ import main
from kiosk.i18n.catalogues import Sentence, flaws, placeholders, read, sentences_of, template
from kiosk.i18n.speech import Speech, known_languages
from kiosk.line.languages import command_in, verbs_in
from kiosk.line.vocabulary import COMMANDS, WORDS, Verb

LANGUAGES = ("de", "es", "fr", "it", "pt")
SAID = template()


def test_the_six_languages_are_there() -> None:
    assert set(known_languages()) >= {"en", *LANGUAGES}


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_catalogue_is_complete_and_true_to_the_code(language: str) -> None:
    # What is missing or stale is brought in by "python -m kiosk.i18n update", and then translated.
    assert flaws(read(language), SAID) == []


@pytest.mark.parametrize("language", catalogues.languages())
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    speech = Speech(language)
    for message in read(language):
        if message.id and isinstance(message.id, str):
            assert speech.say(message.id) == message.string
        elif message.id:
            (one, many), forms = message.id, tuple(message.string or ())
            assert forms[0].replace("{number}", "1") == speech.count(one, many, 1)
            assert forms[-1].replace("{number}", "2") == speech.count(one, many, 2)


@pytest.mark.parametrize("language", catalogues.languages())
def test_the_words_of_commands_are_words_of_which_no_two_are_the_same(language: str) -> None:
    speech = Speech(language)
    assert all(" " not in speech.say(word) for word in WORDS)
    own = [speech.say(verb.value) for verb in Verb]
    assert len(set(own)) == len(own)
    known = verbs_in(speech)
    for verb in Verb:
        first = command_in(speech, verb.value).casefold()
        assert known[verb.value] is verb, "English is always understood"
        assert first not in known or known[first] is verb, "what help tells means what it says"


def test_the_words_of_commands_are_those_that_help_lists() -> None:
    assert {verb.value for verb in Verb} <= WORDS
    assert {part.strip("[];=.") for command in COMMANDS for word in command.split() for part in word.split("=")} <= {
        *WORDS,
        "",
    }


def test_sentences_are_found_wherever_they_are_said() -> None:
    code = """
        say = speech.say
        text = say("One", time=say("Two")) + speech.say('Three {a}', a=f"{x}")
        number = speech.count("{number} a", "{number} b", 3)
        label = to_be_said("Four")
        widget.say(words); widget.say(""); list.count("x"); say(f"{one} glued")
    """
    found = list(sentences_of("if True:" + code))
    assert found == [
        Sentence("One"),
        Sentence("Two"),
        Sentence("Three {a}"),
        Sentence("{number} a", "{number} b"),
        Sentence("Four"),
    ]


def test_flaws_are_named() -> None:
    said, known = template(), read("de")
    said.add("A new sentence {a}")
    known["Back"].string = ""
    known["Welcome"].string = "Willkommen {name}"
    known.add("Nobody says this", "Sagt niemand")
    assert set(flaws(known, said)) == {
        "missing: A new sentence {a}",
        "stale: Nobody says this",
        "untranslated: Back",
        "other placeholders: Welcome -> Willkommen {name}",
    }


def test_placeholders_are_the_names_in_braces() -> None:
    assert placeholders("{day} and {time}, {{not}}") == {"day", "time"}


def test_a_language_is_begun_and_what_was_translated_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    assert main(["update", "nl"]) == 1, "nothing is translated yet"
    assert "nl: untranslated: Back" in capsys.readouterr().out

    begun = read("nl")
    begun["Back"].string = "Terug"
    begun.add("Nobody says this", "Zegt niemand")
    catalogues.write(begun)
    main(["update"])
    main(["compile"])

    kept = read("nl")
    assert kept["Back"].string == "Terug"
    assert "Nobody says this" in kept.obsolete, "kept for the day it is said again"
    assert (tmp_path / "nl" / "LC_MESSAGES" / "kiosk.mo").exists()
