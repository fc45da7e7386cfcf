"""Plays cues through the system's own audio, in a thread and by a program that is there already."""

from __future__ import annotations

import logging
import queue
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from datetime import time
from pathlib import Path

from kiosk.desk.hearing import Chimes, Cue, Silence
from kiosk.desk.hours import Hours
from kiosk.sounds.tones import wave_of

logger = logging.getLogger(__name__)

PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
"""Programs that play a WAV file, the preferred ones first: PipeWire's, PulseAudio's, ALSA's."""

LONGEST_SECONDS = 5.0
"""After so long a player that does not end is ended: the longest cue is half a second."""

_WAITING = 2
"""Cues that wait at the most. One that comes late says something of another moment."""


class AudioPlayer:
    """Fulfils `Chimes`. Says once in the log when no sound comes out, and once when it does again.

    Args:
        program: The player, to which the name of a WAV file is added.
        volume: From 1 to 100.
        quiet: When nothing is played.
        local_time: The location's time of day.
    """

    def __init__(self, program: Sequence[str], volume: int, quiet: Hours, local_time: Callable[[], time]) -> None:
        self._program = tuple(program)
        self._volume = volume
        self._quiet = quiet
        self._local_time = local_time
        self._cues: queue.Queue[Cue | None] = queue.Queue()
        self._fails = False
        self._thread = threading.Thread(target=self._play_on, name="chimes", daemon=True)
        self._thread.start()

    def play(self, cue: Cue) -> None:
        """Play it soon; not in quiet hours, nor behind others that wait."""
        if self._cues.qsize() < _WAITING and not self._quiet.include(self._local_time()):
            self._cues.put(cue)

    def stop(self) -> None:
        """Play what waits, and end."""
        self._cues.put(None)
        self._thread.join(LONGEST_SECONDS)

    def _play_on(self) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="kiosk-sounds-") as folder:
                while (cue := self._cues.get()) is not None:
                    self._note(self._sound(Path(folder), cue))
        except OSError as error:
            logger.warning("sounds cannot be kept, and none are played: %s", error)

    def _sound(self, folder: Path, cue: Cue) -> str:
        """Play one; answers what went wrong, empty if nothing did."""
        file = folder / f"{cue}.wav"
        if not file.exists():
            file.write_bytes(wave_of(cue, self._volume))
        try:
            done = subprocess.run(  # noqa: S603 - a player found on this machine, and a file of our own
                [*self._program, str(file)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=LONGEST_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return type(error).__name__
        return f"status {done.returncode}" if done.returncode else ""

    def _note(self, fault: str) -> None:
        if fault and not self._fails:
            logger.warning("%s plays no sounds: %s", self._program[0], fault)
        elif self._fails and not fault:
            logger.info("%s plays sounds again", self._program[0])
        self._fails = bool(fault)


class RecordedChimes:
    """Fulfils `Chimes` without a loudspeaker, and remembers what would have been heard."""

    def __init__(self) -> None:
        self.heard: list[Cue] = []

    def play(self, cue: Cue) -> None:
        """Remember it."""
        self.heard.append(cue)

    def stop(self) -> None:
        """Nothing is playing."""


def choose_chimes(
    volume: int,
    quiet: Hours,
    local_time: Callable[[], time],
    find: Callable[[str], str | None] = shutil.which,
) -> Chimes:
    """Return what plays here: nothing at volume 0, nor on a machine without a player, which is said once in the log."""
    if volume == 0:
        return Silence()
    for program in PLAYERS:
        if path := find(program[0]):
            return AudioPlayer((path, *program[1:]), volume, quiet, local_time)
    names = ", ".join(program[0] for program in PLAYERS)
    logger.info("no sounds: none of %s is installed", names)
    return Silence()
