from __future__ import annotations

import io
import wave
from array import array
from itertools import pairwise

import pytest

from kiosk.desk.hearing import Cue
from kiosk.sounds.tones import MELODIES, RATE, wave_of


def samples_of(cue: Cue, volume: int = 100) -> array[int]:
    """The sound as a player reads it."""
    with wave.open(io.BytesIO(wave_of(cue, volume))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return array("h", file.readframes(file.getnframes()))


@pytest.mark.parametrize("cue", Cue)
def test_a_cue_is_short_and_neither_clicks_nor_distorts(cue: Cue) -> None:
    samples = samples_of(cue)
    assert 0.05 < len(samples) / RATE < 0.6
    assert 10_000 < max(map(abs, samples)) < 25_000
    assert abs(samples[0]) < 50
    assert abs(samples[-1]) < 50
    steps = [abs(one - other) for one, other in pairwise(samples)]
    assert max(steps) < 12_000


def test_each_cue_has_a_melody_of_its_own_in_rhythm_or_direction() -> None:
    shapes = set()
    for notes in MELODIES.values():
        sounded = [note.hertz for note in notes if note.hertz]
        direction = (sounded[-1] > sounded[0]) - (sounded[-1] < sounded[0])
        shapes.add((len(sounded), len(notes), direction))
    assert len(shapes) == len(Cue) == len(MELODIES)


def test_half_the_volume_is_a_quarter_of_the_swing_and_none_is_silence() -> None:
    assert max(map(abs, samples_of(Cue.IN, 50))) == pytest.approx(max(map(abs, samples_of(Cue.IN))) / 4, abs=2)
    assert not any(samples_of(Cue.IN, 0))
