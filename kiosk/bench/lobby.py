"""A kiosk, or its view-finder alone, with a camera of thirty frames a second, in a process of its own that is measured
from outside.

Run as `python -m kiosk.bench.lobby`. It draws on the terminal that it is started on, and tells on standard output what
only it can know, in lines of JSON.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import sys
import termios
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import cycle
from pathlib import Path

from PIL import Image, ImageChops

from kiosk.bench.answers import CutOff
from kiosk.bench.desk import Bench, frame_with
from kiosk.bench.state import opened
from kiosk.clock import SystemClock
from kiosk.commands.memory import pass_over_what_stays
from kiosk.commands.upkeep import keep_answers_quick
from kiosk.desk.frames import Frame
from kiosk.desk.house import House
from kiosk.i18n.speech import Speech
from kiosk.reception import Reception
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.scanner import CameraScanner
from kiosk.state.disk import RealDisk
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.live import LiveView

FRAMES_A_SECOND = 30
WIDTH, HEIGHT = 640, 480

WARM_UP_SECONDS = 2.0
"""What the first pictures cost is not what pictures cost."""

_SENSOR_NOISE = 12
"""Standard deviation, in greys, of the noise of a small sensor indoors."""

_MOVES = 30
"""Pictures of a code that moves before a wall that is darker below, with noise that is new in each."""


class Part(StrEnum):
    """What is shown."""

    KIOSK = "kiosk"
    """The whole kiosk. A byte on the control descriptor holds up the next code, and another takes it away."""
    PICTURE = "picture"
    """The view-finder alone; no frame is searched for codes."""
    READING = "reading"
    """The view-finder, and every frame is searched."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to show.

    Attributes:
        part: Which part of the kiosk.
        folder: Where the state of the whole kiosk is made.
        rounds: How many codes are held up, one after another.
        seconds: How long the view-finder is shown after it has warmed up.
        control: The descriptor on which codes are asked for.
    """

    part: Part
    folder: str = ""
    rounds: int = 1
    seconds: float = 1.0
    control: int = 0

    def as_json(self) -> str:
        """For the command line."""
        return json.dumps(asdict(self))


class _Paced:
    """What every camera here does. Fulfils `FrameSource`."""

    def __init__(self) -> None:
        self._due = 0.0

    def open(self) -> None:
        """Begin."""
        self._due = time.monotonic()

    def read(self, timeout: float) -> Frame:
        """The frame that is due now."""
        self._due = max(self._due + 1 / FRAMES_A_SECOND, time.monotonic() - 1 / FRAMES_A_SECOND)
        time.sleep(max(0.0, self._due - time.monotonic()))
        return self.frame()

    def frame(self) -> Frame:
        """What is seen now."""
        raise NotImplementedError

    def pace(self, wanted: object) -> None:
        """Thirty frames a second, whatever is wanted."""

    def close(self) -> None:
        """Nothing is held."""

    def describe(self) -> str:
        """What it is."""
        return "a camera to measure with"


class Held(_Paced):
    """Sees nothing, or a code that is held up; it tells when it hands over the first frame with a code."""

    def __init__(self, codes: list[bytes], control: int) -> None:
        super().__init__()
        self._codes = iter(codes)
        self._nothing = self._seen = bytes([128]) * (WIDTH * HEIGHT)
        self._control = control

    def frame(self) -> Frame:
        """What is seen now."""
        asked = bool(select.select([self._control], [], [], 0)[0]) and bool(os.read(self._control, 1))
        if asked:
            self._seen = next(self._codes, self._nothing) if self._seen is self._nothing else self._nothing
        frame = Frame(self._seen, WIDTH, HEIGHT, time.monotonic())
        if asked and self._seen is not self._nothing:
            _tell({"at": frame.at, "cpu": time.process_time()})
        return frame


class Moving(_Paced):
    """Sees a code that moves in a noisy picture, and notes what the process has cost so far with each frame."""

    def __init__(self) -> None:
        super().__init__()
        self._seen = cycle(_moving_pictures())
        self._marks: list[tuple[float, float]] = []

    def frame(self) -> Frame:
        """What is seen now."""
        self._marks.append((time.monotonic(), time.process_time()))
        return Frame(next(self._seen), WIDTH, HEIGHT, self._marks[-1][0])

    def percent(self) -> float:
        """Processor time of the process as a share of one core, once it was warm."""
        warm = [mark for mark in self._marks if mark[0] >= self._marks[0][0] + WARM_UP_SECONDS]
        (began, cpu_then), (ended, cpu_now) = warm[0], warm[-1]
        return 100 * (cpu_now - cpu_then) / (ended - began)


def main(order: Order) -> None:
    """Show what is ordered, until the time is over or the terminal goes away."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that its end is this process's end
    if order.part is Part.KIOSK:
        _show_kiosk(order)
        return
    camera = Moving()
    scanner = CameraScanner(camera, Decoder())
    if order.part is Part.PICTURE:
        scanner.pause()
    view = LiveView(scanner, camera.describe(), WARM_UP_SECONDS + order.seconds)
    pass_over_what_stays()
    try:
        view.run()
    finally:
        scanner.stop()
    _tell({"percent": camera.percent()})


def _show_kiosk(order: Order) -> None:
    with opened(Path(order.folder), RealDisk()) as state:
        bench = Bench(state, order.rounds, order.rounds)
        house = House(1, "Bench")
        desk = Reception(state.directory, state.ledger, CutOff(), SystemClock(), lambda: house)
        codes = [frame_with(code).grey for code in bench.codes]
        scanner = CameraScanner(Held(codes, order.control), Decoder())
        unhurried = Patience(idle=3600)
        try:
            app = KioskApp(desk, scanner, Speech(), unhurried, when_ready=lambda: keep_answers_quick(app))
            app.run()
        finally:
            scanner.stop()


def _moving_pictures() -> list[bytes]:
    room = frame_with("v0000000")
    picture = Image.frombytes("L", (WIDTH, HEIGHT), room.grey)
    light = Image.linear_gradient("L").resize((WIDTH, HEIGHT)).point([grey // 3 for grey in range(256)])
    picture = ImageChops.subtract(picture, light)
    noise = Image.effect_noise((WIDTH, HEIGHT), _SENSOR_NOISE)
    pictures = []
    for move in range(_MOVES):
        moved = ImageChops.offset(picture, 4 * abs(move - _MOVES // 2), 2 * abs(move - _MOVES // 2))
        pictures.append(ImageChops.add(moved, ImageChops.offset(noise, 31 * move, 17 * move), 1, -128).tobytes())
    return pictures


def _tell(fact: dict[str, float]) -> None:
    stream = sys.__stdout__  # the other is taken by the application
    if stream is not None:
        stream.write(json.dumps(fact) + "\n")
        stream.flush()


if __name__ == "__main__":
    main(Order(**{**json.loads(sys.argv[1]), "part": Part(json.loads(sys.argv[1])["part"])}))
