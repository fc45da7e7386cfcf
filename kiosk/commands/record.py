"""`kiosk record`: what a badge that is held to the kiosk sends, as a file that can be replayed."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from kiosk.assembly import with_overrides
from kiosk.atomic_file import replace_file
from kiosk.commands.beside import print_line
from kiosk.commands.failures import told_plainly
from kiosk.desk.adverts import Radio, RadioStanding
from kiosk.sensors.radio.recorder import Recorder
from kiosk.sensors.radio.recording import packet_to_line
from kiosk.settings import load_settings
from kiosk.wiring.radio import radio_of


def run(options: argparse.Namespace) -> int:
    """Listen for so long, and write what was near; status 1 if nothing was."""
    with told_plainly():
        settings = with_overrides(load_settings(options.settings), None, None)
        radio = radio_of(settings.bluetooth)
    recorder = Recorder(options.rssi)
    print(f"Hold the badge to the mark. Listening for {options.seconds:g} s.", file=sys.stderr)
    standing = asyncio.run(_listen(radio, recorder, options.seconds))
    if not recorder.packets:
        return _refuse(standing.cure or f"Nothing was heard at {options.rssi} dBm or above.")
    return _write(options.file, recorder)


async def _listen(radio: Radio, recorder: Recorder, seconds: float) -> RadioStanding:
    """Listen, and return how the radio stood at the end."""
    listening = asyncio.ensure_future(radio.listen(recorder))
    await asyncio.wait([listening], timeout=seconds)
    standing = radio.standing()
    listening.cancel()
    await asyncio.wait([listening])
    return standing


def _write(file: Path, recorder: Recorder) -> int:
    try:
        replace_file(file, "".join(packet_to_line(packet) for packet in recorder.packets).encode())
    except OSError as error:
        return _refuse(f"{file} cannot be written: {error.strerror}.")
    packets, senders = len(recorder.packets), recorder.senders
    print_line(f"{packets} packets of {senders} {'sender' if senders == 1 else 'senders'} are in {file}.")
    return 0


def _refuse(why: str) -> int:
    print(f"kiosk: {why}", file=sys.stderr)
    return 1
