"""Reads sentences aloud with the speech that the system has, in a thread.

NoVoice   there is none here; the message is for staff
"""

from __future__ import annotations

import logging
import queue
import shutil
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

logger = logging.getLogger(__name__)

LONGEST_SECONDS = 60.0
"""A sentence that takes longer to say is broken off: it is not being said."""


class NoVoice(Exception):
    """Nothing on this machine speaks. The message says what to install."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A program that speaks one sentence and ends with it.

    Attributes:
        path: Where it is.
        before: Its options before the language.
        after: Those behind it.
        as_argument: Whether the sentence is its last argument; otherwise it reads it from standard input.
        cancel: What makes a service behind it fall silent, which goes on when the program is ended; empty where there
            is none.
    """

    path: str
    before: tuple[str, ...]
    after: tuple[str, ...] = ()
    as_argument: bool = False
    cancel: tuple[str, ...] = ()

    def command(self, language: str, sentence: str) -> list[str]:
        """What to run for a sentence."""
        said = [sentence] if self.as_argument else []
        return [self.path, *self.before, language, *self.after, *said]


SPEAKERS = (
    Speaker("spd-say", ("--wait", "--language"), ("--",), as_argument=True, cancel=("--cancel",)),
    Speaker("espeak-ng", ("-v",), ("--stdin",)),
)
"""What may speak, the preferred one first: Speech Dispatcher has the voice and the speed that people have chosen."""


class SystemVoice:
    """Fulfils the desk's `Voice`. Says once in the log when nothing is heard, and once when it is again.

    Args:
        speaker: The program.
        language: The language of the moment, such as "de".
    """

    def __init__(self, speaker: Speaker, language: Callable[[], str]) -> None:
        self._speaker = speaker
        self._language = language
        self._sentences: queue.Queue[tuple[int, str] | None] = queue.Queue()
        self._speaking: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._hushed = 0
        self._fails = False
        self._thread = threading.Thread(target=self._speak_on, name="voice", daemon=True)
        self._thread.start()

    def speak(self, sentence: str) -> None:
        """Speak it after what is still to be said."""
        if any(char.isalnum() for char in sentence):
            self._sentences.put((self._hushed, sentence))

    def hush(self) -> None:
        """Fall silent, and forget what was still to be said."""
        with self._lock:
            self._hushed += 1  # what was to be said before is passed over, even if it is just about to begin
            if self._speaking is None:
                return
            self._speaking.terminate()
        if self._speaker.cancel:
            threading.Thread(target=_run, args=[[self._speaker.path, *self._speaker.cancel]], daemon=True).start()

    def stop(self) -> None:
        """Say what is still to be said, and end."""
        self._sentences.put(None)
        self._thread.join(LONGEST_SECONDS)

    def _speak_on(self) -> None:
        while (waiting := self._sentences.get()) is not None:
            fault = self._say(*waiting)
            if fault and not self._fails:
                logger.warning("nothing is read aloud: %s: %s", self._speaker.path, fault)
            elif self._fails and not fault:
                logger.info("sentences are read aloud again")
            self._fails = bool(fault)

    def _say(self, hushed: int, sentence: str) -> str:
        """Speak one; answers what went wrong, empty if nothing did or somebody had heard enough."""
        command = self._speaker.command(self._language(), sentence)
        try:
            with self._lock:
                if hushed != self._hushed:
                    return ""
                self._speaking = speaking = _begin(command)
            fault = _hear_out(speaking, b"" if self._speaker.as_argument else sentence.encode())
        except OSError as error:
            return type(error).__name__
        finally:
            with self._lock:
                self._speaking = None
        return fault if hushed == self._hushed else ""


def choose_voice(language: Callable[[], str], find: Callable[[str], str | None] = shutil.which) -> SystemVoice:
    """Return what speaks here.

    Raises:
        NoVoice: Nothing does.
    """
    for speaker in SPEAKERS:
        if path := find(speaker.path):
            return SystemVoice(_at(speaker, path), language)
    raise NoVoice("Nothing on this machine speaks. Install one with 'sudo apt install speech-dispatcher espeak-ng'.")


def _at(speaker: Speaker, path: str) -> Speaker:
    return Speaker(path, speaker.before, speaker.after, speaker.as_argument, speaker.cancel)


def _begin(command: Sequence[str]) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)  # noqa: S603 - found here


def _hear_out(speaking: subprocess.Popen[bytes], said: bytes) -> str:
    """Wait until a sentence has been said; answers what went wrong, empty if nothing did. Raises OSError."""
    try:
        speaking.communicate(said, timeout=LONGEST_SECONDS)
    except subprocess.TimeoutExpired:
        speaking.kill()
        speaking.wait()
        return "it does not end"
    return f"status {speaking.returncode}" if speaking.returncode else ""


def _run(command: Sequence[str]) -> None:
    try:
        _begin(command).communicate(timeout=LONGEST_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return  # the sentence itself has been broken off, which is told where it failed
