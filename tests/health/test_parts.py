"""What is said of the glass, the camera and the decoders."""

from __future__ import annotations

import pytest

from kiosk.desk.frames import CameraFault, CameraState
from kiosk.examination.parts import examine_reading
from kiosk.health.findings import Verdict
from kiosk.health.parts import judge_camera, judge_decoders, judge_glass, judge_reading
from kiosk.sensors.decoder import Decoder


@pytest.mark.parametrize(
    ("columns", "rows", "verdict"),
    [
        (80, 24, Verdict.WELL),
        (45, 40, Verdict.WELL),
        (200, 60, Verdict.WELL),
        (79, 24, Verdict.WRONG),
        (45, 39, Verdict.WRONG),
    ],
)
def test_a_glass_is_well_if_one_of_the_two_shapes_fits(columns: int, rows: int, verdict: Verdict) -> None:
    found = judge_glass(columns, rows)
    assert (found.verdict, bool(found.cure)) == (verdict, verdict is Verdict.WRONG)


@pytest.mark.parametrize(
    ("state", "fault", "verdict"),
    [
        (CameraState.LIVE, None, Verdict.WELL),
        (CameraState.STARTING, None, Verdict.NOTE),
        (CameraState.ABSENT, None, Verdict.NOTE),
        (CameraState.LOST, CameraFault.MISSING, Verdict.NOTE),
        (CameraState.LOST, CameraFault.BUSY, Verdict.WRONG),
    ],
)
def test_a_camera_that_could_work_and_does_not_is_wrong(
    state: CameraState, fault: CameraFault | None, verdict: Verdict
) -> None:
    assert judge_camera("USB camera", state, 5.0, fault, "Plug it in.").verdict is verdict


def test_without_a_decoder_no_code_can_be_read() -> None:
    assert judge_decoders([], "None.").verdict is Verdict.WRONG
    assert judge_decoders(["pyzbar"], "One.").verdict is Verdict.NOTE
    assert judge_decoders(["zxing-cpp", "pyzbar"], "Both.").verdict is Verdict.WELL


def test_a_drawn_code_is_read_by_the_decoders_of_this_machine() -> None:
    (found,) = examine_reading(Decoder())

    assert found.verdict is Verdict.WELL
    assert "Camera, badges" in found.said, "where the focus is seen"


def test_a_code_that_is_not_read_is_wrong_and_has_its_cure() -> None:
    found = judge_reading(None)

    assert (found.verdict, bool(found.cure)) == (Verdict.WRONG, True)
