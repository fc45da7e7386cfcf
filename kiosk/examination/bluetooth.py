"""A look at Bluetooth from outside: the adapter, and what a kiosk that runs hears."""

from __future__ import annotations

import asyncio
from pathlib import Path

from kiosk.control.protocol import RadioReport, Report
from kiosk.desk.adverts import RadioStanding
from kiosk.health.bluetooth import SWITCHED_OFF, judge_adapter, judge_radio
from kiosk.health.findings import Finding, Subject, Verdict
from kiosk.sensors.radio.errors import RadioError
from kiosk.sensors.radio.look import look_for_adapter
from kiosk.sensors.radio.recording import read_recording
from kiosk.settings import Settings


async def examine_bluetooth(settings: Settings, report: Report | None) -> list[Finding]:
    """Look at the adapter without using it, and at what the running kiosk told, if one does.

    Args:
        settings: Which adapter.
        report: Of the running kiosk; None without one.
    """
    heard = [] if report is None or report.radio is None else judge_radio(_as_standing(report.radio), 0.0)
    match settings.bluetooth.source.strip():
        case "none":
            return [Finding(Subject.BLUETOOTH, "adapter", Verdict.WELL, SWITCHED_OFF)]
        case "auto":
            return [judge_adapter(await look_for_adapter(settings.bluetooth.adapter)), *heard]
        case path:
            return [await asyncio.to_thread(_examine_recording, path), *heard]


def _as_standing(radio: RadioReport) -> RadioStanding:
    """As the desk has it, at the time 0."""
    last = radio.last_packet_seconds
    return RadioStanding(
        radio.state,
        radio.adapter,
        radio.firmware,
        radio.packets_per_second,
        None if last is None else -last,
        radio.restarts,
        radio.lost,
        radio.cure,
        radio.beacon,
    )


def _examine_recording(path: str) -> Finding:
    """Waits for the disk."""
    try:
        number = len(read_recording(Path(path).expanduser()))
    except RadioError as error:
        return Finding(Subject.BLUETOOTH, "recording", Verdict.WRONG, f"{error}.", error.cure)
    said = f"In place of an adapter a recording of {number} packets is replayed."
    return Finding(Subject.BLUETOOTH, "recording", Verdict.NOTE, said)
