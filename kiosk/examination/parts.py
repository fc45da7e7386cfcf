"""A look at the device and at the parts of the kiosk that runs on it: what no reading of its state can tell."""

from __future__ import annotations

import time
from pathlib import Path

from kiosk.control.client import NoAnswerGiven, NobodyThere, ask
from kiosk.control.packing import unpacked
from kiosk.control.protocol import LookAtGlass, NotUnderstood, Report
from kiosk.health.device import judge_device, judge_writing
from kiosk.health.findings import Finding, Subject, Verdict
from kiosk.health.parts import judge_camera, judge_decoders, judge_glass, judge_reading
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.decoder_words import decoder_words
from kiosk.sensors.drawing import picture_of
from kiosk.sensors.pictures import to_frame

TEST_CODE = "a test code of the doctor"
"""Nobody's: it is drawn, read, and shown to no desk."""


def examine_device(folder: Path) -> list[Finding]:
    """Heat, power, and the card under the state folder, or under what is there of it. Waits for the disk."""
    place = next(place for place in (folder, *folder.absolute().parents) if place.is_dir())
    return [*judge_device(), judge_writing(place)]


def examine_glass(folder: Path, within: float) -> Finding:
    """How large the glass of the running kiosk is, in cells. Waits for its answer."""
    try:
        answer = ask(folder, LookAtGlass(), within)
        look = unpacked(answer.glass) if answer.done else None
    except NobodyThere:
        return Finding(Subject.GLASS, "size", Verdict.NOTE, "No kiosk runs, so there is no glass to look at.")
    except (NoAnswerGiven, NotUnderstood) as error:
        return Finding(Subject.GLASS, "size", Verdict.UNVERIFIED, f"It could not be looked at: {error}")
    if look is None:
        return Finding(Subject.GLASS, "size", Verdict.NOTE, answer.said)
    return judge_glass(look.columns, len(look.rows))


def examine_camera(report: Report | None) -> list[Finding]:
    """The camera of the running kiosk, and the decoders of this device."""
    decoder = Decoder()
    found = [judge_decoders(list(decoder.names), decoder_words(decoder)), *examine_reading(decoder)]
    if report is not None and (camera := report.camera) is not None:
        seen = judge_camera(camera.name, camera.state, camera.frames_per_second, camera.fault, camera.cure)
        return [seen, *found]
    return found


def examine_reading(decoder: Decoder) -> list[Finding]:
    """Have a drawn code read, as a camera would deliver it. Nothing is said where there is no decoder at all."""
    if not decoder.names:
        return []
    begun = time.monotonic()
    read = decoder.read(to_frame(picture_of(TEST_CODE), begun))
    took = time.monotonic() - begun
    return [judge_reading(took if read is not None and read.payload == TEST_CODE.encode() else None)]
