"""What keeps a visitor from leaving the kiosk, or a stray byte from ending it."""

from __future__ import annotations

import codecs
import contextlib
import os
import selectors
from collections.abc import Callable
from functools import lru_cache
from io import TextIOWrapper
from typing import IO, cast

from rich.segment import Segment
from textual import events
from textual.app import App
from textual.color import Color
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter
from textual.messages import InBandWindowResize

from kiosk.ui.numeric_keypad import KeypadParser

TICK_SECONDS = 0.1
"""How often the reader looks whether it should stop, and whether a lone Escape was the key."""

TICKS_TO_FORGET = 3
"""After so long without a byte, what was begun is not going on."""

_NO_GESTURES = (events.Resize, events.Paste, InBandWindowResize)
"""What Textual takes from the input that no person means at a kiosk."""

_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), "�")


class ControlFilter(LineFilter):
    """Replaces control characters in everything that is drawn.

    Textual passes escape sequences inside a text on to the terminal, which would carry them out. Text is cleaned where
    it enters; this catches what slipped through.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments without control characters."""
        if all(segment.control or _is_clean(segment.text) for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(segment.text.translate(_CONTROLS), segment.style)
            for segment in segments
        ]


@lru_cache(4096)
def _is_clean(text: str) -> bool:
    return text.isprintable() or text.translate(_CONTROLS) == text


class ToTerminal:
    """What is drawn, on its way to the terminal; once that is gone, nowhere.

    Textual writes in a thread, which an error ends. Whoever draws then waits for ever for room in the thread's queue,
    and cannot end in good order when systemd ends terminal and kiosk together.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._gone = False

    def write(self, text: str) -> None:
        """Write, if there is a terminal."""
        self._unless_gone(lambda: self._file.write(text))

    def flush(self) -> None:
        """Have it shown, if there is a terminal."""
        self._unless_gone(self._file.flush)

    def fileno(self) -> int:
        """The terminal's own."""
        return self._file.fileno()

    def _unless_gone(self, act: Callable[[], object]) -> None:
        if self._gone:
            return
        try:
            act()
        except OSError:
            self._gone = True  # its hang-up signal ends the application


class SturdyDriver(LinuxDriver):
    """Textual's driver for Linux, with input that no bytes can end or blind, and output that outlives the terminal.

    A scanner or keyboard can send any byte, and a QR code can hold any sequence for a scanner to type. Textual's reader
    raises on a byte of no UTF-8 and on some sequences, takes window sizes from the input, and swallows every key after
    the beginning of a paste.
    """

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if self._file is not None:
            self._file = cast(TextIOWrapper, ToTerminal(self._file))

    def run_input_thread(self) -> None:
        """Read the terminal until told to stop, and turn what comes into events."""
        parser = KeypadParser(self._debug)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        quiet = 0
        with selectors.DefaultSelector() as terminal:
            terminal.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                data = b""
                if terminal.select(TICK_SECONDS):
                    with contextlib.suppress(OSError):
                        data = os.read(self.fileno, 4096)
                    if not data:
                        return  # the terminal is gone; its hang-up signal ends the application
                quiet = 0 if data else quiet + 1
                try:
                    self._pass_on(parser, decoder.decode(data))
                except Exception:
                    # Whatever it was, it was no key or touch of a person.
                    parser = KeypadParser(self._debug)
                if quiet == TICKS_TO_FORGET:
                    # A sequence that was begun and not ended must not swallow what a person types next.
                    parser = KeypadParser(self._debug)

    def _pass_on(self, parser: KeypadParser, text: str) -> None:
        # An empty text would end the parser; half a character is one until its other half comes.
        for event in parser.feed(text) if text else ():
            if not isinstance(event, _NO_GESTURES):
                self.process_message(event)
        for event in parser.tick():
            self.process_message(event)

    def _query_in_band_window_resize(self) -> None:
        """The size comes from the system's own signal; a size that is typed is not believed."""

    def _enable_bracketed_paste(self) -> None:
        """Nothing is pasted into a kiosk."""
