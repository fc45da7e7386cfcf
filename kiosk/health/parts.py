"""The parts that a running kiosk has besides its record: its glass, its camera and its decoders."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.desk.frames import CameraFault, CameraState
from kiosk.health.findings import Finding, Subject, Verdict

SHAPES = ((80, 24), (45, 40))
"""Columns and rows that every page is laid out for: lying and upright."""


def judge_glass(columns: int, rows: int) -> Finding:
    """Whether the pages fit: at least one of the shapes that they are laid out for."""
    said = f"It has {columns} columns and {rows} rows."
    if any(columns >= least_columns and rows >= least_rows for least_columns, least_rows in SHAPES):
        return Finding(Subject.GLASS, "size", Verdict.WELL, said)
    cure = "Pages need 80 by 24, or 45 by 40 upright: make the font of the terminal smaller."
    return Finding(Subject.GLASS, "size", Verdict.WRONG, said, cure)


def judge_camera(
    name: str, state: CameraState, frames_per_second: float, fault: CameraFault | None, cure: str
) -> Finding:
    """How the camera of the running kiosk stands."""
    if fault is not None:
        verdict = Verdict.NOTE if fault is CameraFault.MISSING else Verdict.WRONG
        return Finding(Subject.CAMERA, "picture", verdict, f"{name or 'The camera'}: {fault.value}.", cure)
    match state:
        case CameraState.LIVE:
            said = f"{name} delivers {frames_per_second:.0f} pictures a second; fewer while nobody is there."
            return Finding(Subject.CAMERA, "picture", Verdict.WELL, said)
        case CameraState.STARTING:
            return Finding(Subject.CAMERA, "picture", Verdict.NOTE, f"{name} is starting. Ask again in a moment.")
        case _:
            said = "There is no camera, so codes are typed."
            return Finding(Subject.CAMERA, "picture", Verdict.NOTE, said)


def judge_decoders(names: Sequence[str], words: str) -> Finding:
    """Whether codes can be read at all."""
    if names:
        verdict = Verdict.WELL if len(names) > 1 else Verdict.NOTE
        return Finding(Subject.CAMERA, "decoders", verdict, words)
    cure = "Install libzbar0, or a Python for which zxing-cpp is made; then start the kiosk again."
    return Finding(Subject.CAMERA, "decoders", Verdict.WRONG, words, cure)


def judge_reading(seconds: float | None) -> Finding:
    """Whether a drawn code is read, and how fast; `seconds` is None where it is not."""
    if seconds is None:
        cure = "Install libzbar0 and zxing-cpp anew, then start the kiosk again; codes can be typed meanwhile."
        return Finding(Subject.CAMERA, "test code", Verdict.WRONG, "A drawn code is not read.", cure)
    said = (
        f"A drawn code is read in {seconds * 1000:.0f} ms. Whether the camera is in focus is seen on the glass: staff "
        f"corner, Camera, badges: hold up a code."
    )
    return Finding(Subject.CAMERA, "test code", Verdict.WELL, said)
