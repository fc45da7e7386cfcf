from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest

from kiosk.sounds.voice import SPEAKERS, NoVoice, Speaker, SystemVoice, choose_voice


def speaker_that(tmp_path: Path, does: str, *, as_argument: bool = False) -> Speaker:
    """A speaker of this machine's own kind, that notes what it is to say."""
    script = tmp_path / "speaker"
    script.write_text(f"#!/bin/sh\n{does}\n")
    script.chmod(0o755)
    return Speaker(str(script), ("-v",), ("--",), as_argument, ("cancel",))


def noted(tmp_path: Path) -> list[str]:
    """What was said, line by line."""
    file = tmp_path / "said"
    return file.read_text().splitlines() if file.exists() else []


def test_sentences_are_said_in_their_order_in_the_language_of_the_moment(tmp_path: Path) -> None:
    languages = iter(["de", "fr"])
    voice = SystemVoice(speaker_that(tmp_path, f'echo "$2: $(cat)" >> {tmp_path}/said'), lambda: next(languages))
    for sentence in ("Willkommen", "…", "Bienvenue, $(rm -rf /) ; --version"):
        voice.speak(sentence)
    voice.stop()
    assert noted(tmp_path) == ["de: Willkommen", "fr: Bienvenue, $(rm -rf /) ; --version"]


def test_a_sentence_may_be_the_last_argument_and_is_never_an_option(tmp_path: Path) -> None:
    speaker = speaker_that(tmp_path, f'echo "$3 $4" >> {tmp_path}/said', as_argument=True)
    voice = SystemVoice(speaker, lambda: "en")
    voice.speak("--help me")
    voice.stop()
    assert noted(tmp_path) == ["-- --help me"]


def test_who_types_has_heard_enough(tmp_path: Path) -> None:
    does = f'if [ "$1" = cancel ]; then exit; fi; echo begun >> {tmp_path}/said; exec sleep 30'
    voice = SystemVoice(speaker_that(tmp_path, does), lambda: "en")
    voice.speak("One of many sentences")
    voice.speak("Another one")
    while not noted(tmp_path):
        time.sleep(0.005)  # the speaker is a process, which begins when it does
    voice.hush()
    voice.stop()
    assert noted(tmp_path) == ["begun"]
    voice.hush()  # nothing is said now


def test_a_speaker_that_fails_is_told_once_and_names_no_sentence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    voice = SystemVoice(speaker_that(tmp_path, "exit 3"), lambda: "en")
    voice.speak("Welcome, Zoë")
    voice.speak("Goodbye, Zoë")
    voice.stop()
    (message,) = caplog.messages
    assert message.endswith("status 3")
    assert "Zoë" not in caplog.text


def test_speech_dispatcher_is_preferred_and_without_either_staff_are_told_what_to_install() -> None:
    both = choose_voice(lambda: "en", find=lambda name: f"/usr/bin/{name}")
    both.stop()
    assert both._speaker.command("en", "Hi") == ["/usr/bin/spd-say", "--wait", "--language", "en", "--", "Hi"]
    assert SPEAKERS[1].command("de", "Hallo") == ["espeak-ng", "-v", "de", "--stdin"]
    with pytest.raises(NoVoice, match="apt install speech-dispatcher espeak-ng"):
        choose_voice(lambda: "en", find=lambda name: None)
