"""A look at the device and at the parts of the kiosk that runs on it: what no reading of its state can tell."""

from __future__ import annotations

from pathlib import Path

from kiosk.control.client import NoAnswerGiven, NobodyThere, ask
from kiosk.control.packing import unpacked
from kiosk.control.protocol import LookAtGlass, NotUnderstood, Report
from kiosk.health.device import judge_device, judge_writing
from kiosk.health.findings import Finding, Subject, Verdict
from kiosk.health.parts import judge_camera, judge_decoders, judge_glass
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.decoder_words import decoder_words


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
    found = [judge_decoders(list(decoder.names), decoder_words(decoder))]
    if report is not None and (camera := report.camera) is not None:
        seen = judge_camera(camera.name, camera.state, camera.frames_per_second, camera.fault, camera.cure)
        return [seen, *found]
    return found
