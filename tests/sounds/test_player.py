from __future__ import annotations

import logging
from datetime import time
from pathlib import Path

import pytest

from kiosk.desk.hearing import Cue, Silence
from kiosk.desk.hours import NEVER, Hours
from kiosk.sounds.player import AudioPlayer, choose_chimes

NOON = time(12)


def player_that(tmp_path: Path, does: str) -> list[str]:
    """A player of this machine's own kind, that notes the file it is given."""
    script = tmp_path / "player"
    script.write_text(f'#!/bin/sh\necho "$2" >> {tmp_path}/heard\n{does}\n')
    script.chmod(0o755)
    return [str(script), "-q"]


def heard(tmp_path: Path) -> list[str]:
    """The names of what was played."""
    noted = tmp_path / "heard"
    return [Path(line).stem for line in noted.read_text().splitlines()] if noted.exists() else []


def test_cues_are_played_in_their_order_and_the_files_are_gone_afterwards(tmp_path: Path) -> None:
    player = AudioPlayer(player_that(tmp_path, 'test "$(head -c 4 "$2")" = RIFF'), 50, NEVER, lambda: NOON)
    player.play(Cue.READ)
    player.play(Cue.IN)
    player.stop()
    assert heard(tmp_path) == ["read", "in"]
    assert not any(Path(line).exists() for line in (tmp_path / "heard").read_text().splitlines())


def test_nothing_is_played_in_quiet_hours(tmp_path: Path) -> None:
    player = AudioPlayer(player_that(tmp_path, ""), 50, Hours(time(11), time(13)), lambda: NOON)
    player.play(Cue.IN)
    player.stop()
    assert heard(tmp_path) == []


def test_a_player_that_fails_is_told_once_and_once_that_it_plays_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    player = AudioPlayer(player_that(tmp_path, f"test -e {tmp_path}/loudspeaker"), 50, NEVER, lambda: NOON)
    faults = [player._sound(tmp_path, Cue.ERROR) for _ in range(2)]
    (tmp_path / "loudspeaker").touch()
    for fault in (*faults, player._sound(tmp_path, Cue.ERROR)):
        player._note(fault)
    player.stop()
    assert faults == ["status 1", "status 1"]
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


def test_a_player_that_has_gone_breaks_nothing(tmp_path: Path) -> None:
    player = AudioPlayer([str(tmp_path / "absent")], 50, NEVER, lambda: NOON)
    player.play(Cue.IN)
    player.stop()
    assert not player._thread.is_alive()


@pytest.mark.parametrize(
    ("volume", "words"), [(0, []), (50, ["no sounds: none of pw-play, paplay, aplay is installed"])]
)
def test_without_volume_or_player_there_is_silence(
    volume: int, words: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    chimes = choose_chimes(volume, NEVER, lambda: NOON, find=lambda name: None)
    assert isinstance(chimes, Silence)
    assert caplog.messages == words


def test_the_preferred_player_of_those_that_are_there_is_taken() -> None:
    chimes = choose_chimes(50, NEVER, lambda: NOON, find=lambda name: f"/usr/bin/{name}" if name == "aplay" else None)
    assert isinstance(chimes, AudioPlayer)
    chimes.stop()
    assert chimes._program == ("/usr/bin/aplay", "-q")
