from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PIL import ImageOps

from kiosk.desk.frames import CameraFault, CameraStanding, CameraState, Frame, Viewfinder
from kiosk.sensors.camera import CameraBusy, CameraError, CameraLost, CameraMissing, Pace
from kiosk.sensors.decoder import Decoder, Look, Reading
from kiosk.sensors.replay import ReplaySource
from kiosk.sensors.watcher import CodeWatcher, growing_pauses
from tests.sensors.clock import HandClock
from tests.sensors.codes import draw, empty, in_view

ONE, TWO, NOTHING = in_view(draw("one")), in_view(draw("two")), empty()

Step = Frame | None | Exception | Callable[[], None]
"""What the camera does next: a picture, no picture for half a second, a failure; or something the test does."""


@dataclass
class ScriptedCamera:
    """A camera that plays a script, in the watcher's thread; after its end it is silent.

    It takes each picture twice, a twentieth of a second apart, unless it is told to take each once: what is held up is
    in view for longer than one frame.
    """

    clock: HandClock
    steps: list[Step]
    openings: list[Exception | None] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    paces: list[Pace] = field(default_factory=list)
    pace_failure: Exception | None = None
    ended: threading.Event = field(default_factory=threading.Event)
    again: Frame | None = None
    once: bool = False

    def open(self) -> None:
        self.log.append("open")
        failure = self.openings.pop(0) if self.openings else None
        if failure is not None:
            raise failure

    def read(self, timeout: float) -> Frame | None:
        if self.again is not None:
            self.clock.advance(0.05)
            frame, self.again = self.again, None
            return frame
        while self.steps:
            step = self.steps.pop(0)
            if isinstance(step, Frame):
                self.clock.advance(0.05)
                self.again = None if self.once else step
                return step
            if step is None:
                self.clock.advance(timeout)
                return None
            if isinstance(step, Exception):
                raise step
            step()
        self.ended.set()
        threading.Event().wait(0.001)  # as long as a camera would take to give nothing, for short
        return None

    def pace(self, wanted: Pace) -> None:
        self.paces.append(wanted)
        if self.pace_failure is not None:
            raise self.pace_failure

    def close(self) -> None:
        self.log.append("close")

    def describe(self) -> str:
        return "a camera with a script"


class Stage:
    """A watcher on a scripted camera, and what it said."""

    def __init__(
        self,
        clock: HandClock,
        decoder: Decoder,
        pauses: Callable[[], Iterator[float]] = lambda: itertools.repeat(0.0),
    ) -> None:
        self.clock = clock
        self.read: list[str] = []
        self.camera = ScriptedCamera(clock, [])
        self.refusal: Exception | None = None
        self.watcher = CodeWatcher(self.camera, decoder, self.take, clock, pauses)

    def take(self, reading: Reading) -> None:
        self.read.append(reading.text)
        if self.refusal is not None:
            raise self.refusal

    def play(self, *steps: Step, openings: tuple[Exception | None, ...] = ()) -> list[str]:
        """Run the script to its end, and return what was read."""
        self.camera.steps = list(steps)
        self.camera.openings = list(openings)
        self.watcher.start()
        try:
            assert self.camera.ended.wait(20)
        finally:
            self.watcher.stop()
        return self.read


@pytest.fixture
def stage(clock: HandClock, both: Decoder) -> Stage:
    return Stage(clock, both)


def seconds(frame: Frame, count: float) -> list[Step]:
    return [frame] * round(count * 10)


def test_a_code_is_handed_over_once_however_long_it_is_held_up(stage: Stage) -> None:
    assert stage.play(NOTHING, *seconds(ONE, 8), NOTHING) == ["one"]


def test_a_code_that_both_libraries_read_counts_in_its_first_picture(clock: HandClock, both: Decoder) -> None:
    stage = Stage(clock, both)
    stage.camera.once = True
    assert stage.play(NOTHING, ONE, NOTHING) == ["one"]


def test_a_code_that_one_library_alone_reads_counts_in_its_second_picture(
    clock: HandClock, both: Decoder, zxing_only: Decoder
) -> None:
    light_on_dark = in_view(ImageOps.invert(draw("one")))
    for decoder, picture in ((both, light_on_dark), (zxing_only, ONE)):
        for pictures, read in (([picture], []), ([picture, picture], ["one"])):
            stage = Stage(clock, decoder)
            stage.camera.once = True
            assert stage.play(NOTHING, *pictures, NOTHING) == read


def test_a_picture_is_shown_when_it_has_been_searched_and_its_code_handed_over(clock: HandClock, both: Decoder) -> None:
    seen: list[tuple[Frame, Frame | None]] = []
    stage = Stage(clock, both)
    stage.watcher = watcher = CodeWatcher(
        stage.camera, both, stage.take, clock, on_look=lambda frame, look: seen.append((frame, watcher.latest))
    )
    stage.camera.once = True
    assert stage.play(NOTHING, ONE, lambda: seen.append((ONE, watcher.latest))) == ["one"]
    assert seen == [(NOTHING, None), (ONE, NOTHING), (ONE, ONE)]


def test_a_code_counts_again_after_it_was_away(stage: Stage) -> None:
    assert stage.play(*seconds(ONE, 4), *seconds(NOTHING, 2), *seconds(ONE, 1)) == ["one", "one"]


def test_another_code_counts_at_once(stage: Stage) -> None:
    assert stage.play(ONE, TWO) == ["one", "two"]


def test_somebody_who_opens_the_scan_page_may_show_the_same_code_again(stage: Stage) -> None:
    assert stage.play(ONE, ONE, stage.watcher.forget, ONE) == ["one", "one"]


def test_while_paused_nothing_is_read_but_pictures_keep_coming(stage: Stage) -> None:
    latest: list[Frame | None] = []
    stage.play(
        NOTHING,
        stage.watcher.pause,
        ONE,
        lambda: latest.append(stage.watcher.latest),
        TWO,
        lambda: latest.append(stage.watcher.latest),
        stage.watcher.resume,
        NOTHING,
        TWO,
    )
    assert stage.read == ["two"]
    assert latest == [ONE, TWO]


def test_a_pause_spares_the_decoder_and_drops_the_code_it_is_at_work_on(clock: HandClock) -> None:
    frames: list[Frame] = []

    class Interrupted(Decoder):
        def look(self, frame: Frame) -> Look:
            frames.append(frame)
            if frame is TWO:
                interrupted.watcher.pause()
            return super().look(frame)

    interrupted = Stage(clock, Interrupted())
    assert interrupted.play(ONE, TWO, ONE, TWO) == ["one"]
    assert frames == [ONE, ONE, TWO]


def test_a_code_that_is_still_held_up_after_a_pause_is_not_read_anew(stage: Stage) -> None:
    held = [ONE, NOTHING, stage.watcher.pause, *seconds(ONE, 9), stage.watcher.resume, *seconds(ONE, 3)]
    assert stage.play(*held) == ["one"]


def test_a_reading_that_cannot_be_handed_over_does_not_end_the_watch(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.refusal = LookupError("one")
    assert stage.play(ONE, TWO) == ["one", "two"]
    assert "LookupError" in caplog.text
    assert "one" not in [word for record in caplog.records for word in record.getMessage().split()]


def test_the_state_follows_the_camera(stage: Stage) -> None:
    states: list[CameraState] = []

    def note() -> None:
        states.append(stage.watcher.state)

    note()
    stage.play(note, ONE, note, CameraLost("The camera stopped"), note, TWO, note)
    note()
    assert states == [
        CameraState.ABSENT,
        CameraState.STARTING,
        CameraState.LIVE,
        CameraState.LOST,
        CameraState.LIVE,
        CameraState.ABSENT,
    ]


def test_a_camera_that_breaks_is_opened_again_and_logged_once_each_way(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    troubles: list[CameraError | None] = []
    with caplog.at_level(logging.INFO):
        stage.play(
            ONE,
            CameraLost("The camera stopped"),
            lambda: troubles.append(stage.watcher.trouble),
            OSError("no such device"),
            lambda: troubles.append(stage.watcher.trouble),
            TWO,
            lambda: troubles.append(stage.watcher.trouble),
            openings=(None, CameraBusy("In use"), None, RuntimeError("boom"), None),
        )
    assert stage.read == ["one", "two"]
    assert [type(trouble) for trouble in troubles] == [CameraBusy, CameraLost, type(None)]
    assert stage.camera.log.count("open") == stage.camera.log.count("close") == 5
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert caplog.records[0].getMessage().startswith("The camera does not work and is tried again: The camera stopped.")
    assert caplog.records[1].getMessage() == "The camera is back: a camera with a script."


def test_a_camera_that_was_never_found_is_absent_and_one_that_vanished_is_lost(stage: Stage) -> None:
    states: list[CameraState] = []
    seen: list[Frame | None] = []

    def note() -> None:
        states.append(stage.watcher.state)
        seen.append(stage.watcher.latest)

    gone = CameraMissing("No camera was found")
    stage.play(note, ONE, CameraLost("It stopped"), note, openings=(gone, None, gone, None))
    assert states == [CameraState.ABSENT, CameraState.LOST]
    assert seen == [None, None]


def test_a_camera_that_falls_silent_is_taken_for_broken(stage: Stage) -> None:
    stage.play(ONE, *[None] * 11, TWO)
    assert stage.read == ["one", "two"]
    assert stage.camera.log == ["open", "close", "open", "close"]


def test_a_camera_that_is_merely_slow_is_left_alone(stage: Stage) -> None:
    stage.play(ONE, *[None] * 8, NOTHING, *[None] * 8, TWO)
    assert stage.camera.log == ["open", "close"]


def test_pauses_grow_while_the_camera_fails_and_start_anew_when_it_worked(clock: HandClock, both: Decoder) -> None:
    assert list(itertools.islice(growing_pauses(), 7)) == [1, 2, 4, 8, 16, 30, 30]
    taken: list[int] = []

    def pauses() -> Iterator[float]:
        for attempt in itertools.count(1):
            taken.append(attempt)
            yield 0.0

    stage = Stage(clock, both, pauses)
    busy = CameraBusy("In use")
    stage.play(ONE, CameraLost("It stopped"), TWO, openings=(busy, busy, busy, None, busy, None))
    assert taken == [1, 2, 3, 1, 2]


def test_nothing_of_the_camera_is_kept_after_it_is_stopped(stage: Stage) -> None:
    watcher: Viewfinder = stage.watcher
    stage.play(ONE)
    assert (watcher.state, watcher.latest) == (CameraState.ABSENT, None)
    assert stage.camera.log == ["open", "close"]


def test_it_can_be_started_again_and_a_second_start_changes_nothing(stage: Stage) -> None:
    stage.play(ONE)
    stage.camera.ended.clear()
    stage.camera.steps = [stage.watcher.start, TWO]
    stage.watcher.start()
    assert stage.camera.ended.wait(20)
    stage.watcher.stop()
    assert stage.read == ["one", "two"]
    assert stage.camera.log == ["open", "close"] * 2


def test_stopping_cuts_a_long_pause_short(clock: HandClock, both: Decoder) -> None:
    waiting = threading.Event()

    def pauses() -> Iterator[float]:
        waiting.set()
        yield 3600.0

    camera = ScriptedCamera(clock, [], [CameraMissing("None")])
    watcher = CodeWatcher(camera, both, lambda reading: None, clock, pauses)
    watcher.start()
    assert waiting.wait(20)
    watcher.stop()  # would wait for the thread until the test is killed


def test_staff_can_ask_how_the_camera_stands(stage: Stage) -> None:
    standings: list[CameraStanding] = []
    stage.play(
        *seconds(NOTHING, 3),
        lambda: standings.append(stage.watcher.standing()),
        CameraBusy("In use"),
        lambda: standings.append(stage.watcher.standing()),
        openings=(None, CameraBusy("The camera is in use"), None),
    )
    live, lost = standings
    assert (live.name, live.state, live.fault, live.cure) == ("a camera with a script", CameraState.LIVE, None, "")
    assert live.frames_per_second == pytest.approx(20), "each picture twice"
    assert (lost.state, lost.frames_per_second, lost.fault) == (CameraState.LOST, 0, CameraFault.BUSY)
    assert lost.cure.startswith("The camera is in use. Close the other program")


def test_a_code_shown_to_a_replayed_camera_is_read(both: Decoder) -> None:
    """The road of the demonstration, with nothing scripted."""
    source, read = ReplaySource(), threading.Event()
    texts: list[str] = []

    def take(reading: Reading) -> None:
        texts.append(reading.text)
        read.set()

    watcher = CodeWatcher(source, both, take)
    watcher.start()
    source.show(draw("shown"), seconds=30)
    assert read.wait(20)
    watcher.stop()
    assert texts == ["shown"]
