"""What keeps a visitor from leaving the kiosk, or a stray byte from ending it."""

from __future__ import annotations

import codecs
import os
import selectors
from functools import lru_cache

from rich.segment import Segment
from textual._xterm_parser import XTermParser
from textual.color import Color
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter

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


class SturdyDriver(LinuxDriver):
    """Textual's driver for Linux, with input that a byte of no UTF-8 does not end.

    A scanner or keyboard in the wrong layout can send any byte. Textual's reader raises on it, which ends the
    application with a traceback on the glass; here it becomes the replacement character.
    """

    def run_input_thread(self) -> None:
        """Read the terminal until told to stop, and turn what comes into events."""
        parser = XTermParser(self._debug)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        with selectors.DefaultSelector() as terminal:
            terminal.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if terminal.select(0.1):
                    data = os.read(self.fileno, 4096)
                    if not data:
                        return  # the terminal is gone; its hang-up signal ends the application
                    # An empty text would end the parser; half a character is one until its other half comes.
                    if text := decoder.decode(data):
                        for event in parser.feed(text):
                            self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
