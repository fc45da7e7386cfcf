"""The first camera that is there."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from kiosk.desk.frames import Frame
from kiosk.sensors.auto import FirstFound
from kiosk.sensors.camera import CameraBusy, CameraError, CameraLost, CameraMissing, CameraSoftwareMissing, Pace
from tests.sensors.codes import empty

PICTURE = empty()


@dataclass
class Candidate:
    """A camera that is there, or not, as a test says."""

    name: str
    failure: CameraError | None = None
    log: list[object] = field(default_factory=list)

    def open(self) -> None:
        if self.failure is not None:
            raise self.failure
        self.log.append("open")

    def read(self, timeout: float) -> Frame | None:
        return PICTURE

    def pace(self, wanted: Pace) -> None:
        self.log.append(wanted)

    def close(self) -> None:
        self.log.append("close")

    def describe(self) -> str:
        return self.name


def test_the_first_one_is_preferred() -> None:
    first, second = Candidate("first"), Candidate("second")
    source = FirstFound([first, second])
    source.open()
    assert source.describe() == "first"
    assert second.log == []


def test_the_second_is_taken_where_the_first_is_missing() -> None:
    second = Candidate("second")
    source = FirstFound([Candidate("first", CameraSoftwareMissing("No picamera2")), second])
    source.open()
    assert source.describe() == "second"
    assert source.read(0.1) is PICTURE
    source.pace(Pace.IDLE)
    source.close()
    source.close()
    assert second.log == ["open", Pace.IDLE, "close"]


def test_a_camera_that_is_plugged_in_later_is_found() -> None:
    late = Candidate("late", CameraMissing("None"))
    source = FirstFound([late])
    with pytest.raises(CameraMissing):
        source.open()
    late.failure = None
    source.open()
    assert source.describe() == "late"


def test_one_that_is_there_and_busy_is_not_passed_over() -> None:
    with pytest.raises(CameraBusy):
        FirstFound([Candidate("first", CameraBusy("In use")), Candidate("second")]).open()


def test_without_any_it_is_said_which_kind_could_not_be_looked_for() -> None:
    software = Candidate("first", CameraSoftwareMissing("The camera software does not load"))
    with pytest.raises(CameraMissing) as raised:
        FirstFound([software, Candidate("second", CameraMissing("No webcam"))]).open()
    assert type(raised.value) is CameraMissing
    assert str(raised.value) == "No camera was found. The camera software does not load"


def test_before_it_is_open_it_delivers_nothing() -> None:
    with pytest.raises(CameraLost):
        FirstFound([Candidate("first")]).read(0.1)
