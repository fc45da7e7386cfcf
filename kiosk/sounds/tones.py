"""The sounds themselves, computed: short, told from each other by rhythm and direction and not by pitch alone."""

from __future__ import annotations

import io
import math
import wave
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.desk.hearing import Cue

RATE = 22_050
"""Samples a second."""

_LOUDEST = 0.6
"""Of full scale at full volume: small loudspeakers distort beyond it."""

_ATTACK, _RELEASE = 0.006, 0.05
"""Seconds in which a note comes and goes; without them it would click."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note; a frequency of 0 is a rest."""

    hertz: float
    seconds: float


MELODIES: Mapping[Cue, tuple[Note, ...]] = {
    Cue.READ: (Note(1568.0, 0.07),),
    Cue.IN: (Note(523.25, 0.11), Note(659.25, 0.11), Note(783.99, 0.22)),
    Cue.OUT: (Note(783.99, 0.13), Note(523.25, 0.24)),
    Cue.ATTENTION: (Note(880.0, 0.1), Note(0, 0.07), Note(880.0, 0.14)),
    Cue.ERROR: (Note(220.0, 0.18), Note(0, 0.05), Note(174.61, 0.3)),
}
"""Rising for in, falling for out, one blip for read, twice the same for attention, low for error."""


def wave_of(cue: Cue, volume: int) -> bytes:
    """Return a WAV file of a cue: 16 bits, one channel, `RATE`.

    Args:
        cue: What is to be heard.
        volume: From 0 to 100; halves are heard as about half as loud.
    """
    loudness = _LOUDEST * (volume / 100) ** 2
    samples = array("h", (round(32_767 * loudness * value) for note in MELODIES[cue] for value in _values(note)))
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()


def _values(note: Note) -> list[float]:
    """A note from -1 to 1: a soft bell, its octave fainter than itself."""
    count = round(note.seconds * RATE)
    if not note.hertz:
        return [0.0] * count
    step = 2 * math.pi * note.hertz / RATE
    return [
        (0.8 * math.sin(step * at) + 0.2 * math.sin(2 * step * at)) * _swell(at / RATE, note.seconds)
        for at in range(count)
    ]


def _swell(at: float, seconds: float) -> float:
    return min(1.0, at / _ATTACK, (seconds - at) / _RELEASE)
