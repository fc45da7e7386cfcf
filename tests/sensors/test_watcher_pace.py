"""How the watcher spares the machine while nobody is there, and never falls behind when it is slow."""

from __future__ import annotations

import threading

import pytest

from kiosk.desk.frames import Frame
from kiosk.desk.sights import Sight
from kiosk.sensors.camera import CameraLost, Pace
from kiosk.sensors.decoder import Decoder, Look
from kiosk.sensors.picamera import PicameraSource
from kiosk.sensors.replay import ReplaySource
from kiosk.sensors.watcher import CodeWatcher
from tests.sensors.clock import HandClock
from tests.sensors.standin import StandIn
from tests.sensors.test_watcher import NOTHING, ONE, Stage, seconds


@pytest.fixture
def stage(clock: HandClock, both: Decoder) -> Stage:
    return Stage(clock, both)


class CountingDecoder(Decoder):
    """The real one, which notes how many frames it was asked to search."""

    def __init__(self) -> None:
        super().__init__()
        self.frames = 0

    def look(self, frame: Frame) -> Look:
        self.frames += 1
        return super().look(frame)


def test_a_view_in_which_nothing_changes_is_hardly_searched(clock: HandClock) -> None:
    decoder = CountingDecoder()
    stage = Stage(clock, decoder)
    stage.play(*seconds(NOTHING, 60))
    assert decoder.frames <= 20 + 60  # each frame of the first second, then one a second, of 1,200


def test_a_code_that_comes_into_a_still_view_is_read_in_its_first_two_frames(clock: HandClock) -> None:
    decoder = CountingDecoder()
    stage = Stage(clock, decoder)
    before: list[int] = []
    stage.play(*seconds(NOTHING, 30), lambda: before.append(decoder.frames), ONE)
    assert stage.read == ["one"]
    assert decoder.frames == before[0] + 2


def test_frames_come_slower_after_nothing_changed_and_at_full_pace_again_at_once(stage: Stage) -> None:
    paces: list[list[Pace]] = []

    def note() -> None:
        paces.append(list(stage.camera.paces))

    stage.play(*seconds(NOTHING, 9), note, *seconds(NOTHING, 2), note, ONE, note)
    assert paces == [[], [Pace.IDLE], [Pace.IDLE, Pace.FULL]]


def test_whoever_opens_the_scan_page_finds_the_camera_at_full_pace(stage: Stage) -> None:
    stage.play(*seconds(NOTHING, 11), stage.watcher.forget, NOTHING)
    assert stage.camera.paces == [Pace.IDLE, Pace.FULL]


def test_a_code_that_is_held_still_keeps_the_camera_awake(stage: Stage) -> None:
    stage.play(*seconds(ONE, 30))
    assert stage.camera.paces == []


def test_a_camera_that_is_opened_anew_begins_at_full_pace(stage: Stage) -> None:
    stage.play(*seconds(NOTHING, 11), CameraLost("It stopped"), *seconds(NOTHING, 11))
    assert stage.camera.paces == [Pace.IDLE, Pace.IDLE]


def test_a_camera_that_breaks_as_its_pace_changes_is_opened_again(stage: Stage) -> None:
    stage.camera.pace_failure = CameraLost("It stopped")
    stage.play(*seconds(NOTHING, 11), ONE)
    assert stage.read == ["one"]
    assert stage.camera.log == ["open", "close"] * 2


def test_a_decoder_slower_than_the_camera_never_sees_an_old_frame(clock: HandClock) -> None:
    """With the replay, which has one slot like every source; nine of ten frames pass by unseen."""
    ages: list[float] = []
    done = threading.Event()

    class SlowDecoder(Decoder):
        def look(self, frame: Frame) -> Look:
            ages.append(clock.now - frame.at)
            clock.advance(10 / 30)
            if len(ages) == 30:
                done.set()
            return Look(Sight.NOTHING)

    watcher = CodeWatcher(ReplaySource(None, clock, clock.sleep), SlowDecoder(), lambda reading: None, clock)
    watcher.start()
    assert done.wait(20)
    watcher.stop()
    assert max(ages) < 2 / 30


def test_the_raspberry_pi_camera_slows_down_over_an_empty_view_and_keeps_running(
    clock: HandClock, both: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With picamera2's stand-in, whose pictures come by the frame duration that is set."""
    camera = (
        StandIn().install(monkeypatch).runs(clock, [NOTHING.grey[at : at + 640] for at in range(0, 640 * 480, 640)])
    )
    slow, when = threading.Event(), []

    class Watching(PicameraSource):
        def pace(self, wanted: Pace) -> None:
            super().pace(wanted)
            when.append(clock.now - 1000)
            slow.set()

    watcher = CodeWatcher(Watching(clock), both, lambda reading: None, clock)
    watcher.start()
    assert slow.wait(20)
    watcher.stop()
    assert camera.set["FrameDurationLimits"] == (125_000, 125_000)
    assert when == [pytest.approx(10, abs=0.5)]
    assert camera.log.count("configure") == 1
