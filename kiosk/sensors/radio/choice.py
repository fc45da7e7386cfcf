"""Which radio the settings mean."""

from __future__ import annotations

import asyncio
from pathlib import Path

from kiosk.desk.adverts import Ear, Radio, RadioStanding, RadioState
from kiosk.sensors.radio.radio import BluezRadio
from kiosk.sensors.radio.recording import read_recording
from kiosk.sensors.radio.replay import ReplayRadio


class NoRadio:
    """Fulfils the desk's `Radio` for a kiosk without Bluetooth: nothing is heard."""

    def standing(self) -> RadioStanding:
        """There is none."""
        return RadioStanding(RadioState.ABSENT)

    async def listen(self, ear: Ear) -> None:
        """Hear nothing until cancelled."""
        await asyncio.Event().wait()


def choose_radio(source: str, adapter: str, floor: int) -> Radio:
    """The radio that a setting means.

    | source | means |
    | --- | --- |
    | `auto` | an adapter of this machine, looked for until there is one |
    | `none` | no Bluetooth |
    | anything else | the path of a recording to replay (`./auto` for one of that name) |

    Args:
        source: As above.
        adapter: The adapter's name such as "hci1", or nothing for the first that can be used.
        floor: The least loudness that counts, in dBm.

    Raises:
        RecordingUnusable: The path does not exist, cannot be read, or is no recording.
    """
    match source.strip():
        case "none":
            return NoRadio()
        case "auto":
            return BluezRadio(adapter, floor)
        case path:
            file = Path(path).expanduser()
            return ReplayRadio(read_recording(file), f"replay of {file}", floor)
