"""One look at the adapter, beside whoever uses it."""

from __future__ import annotations

from kiosk.desk.adverts import RadioStanding, RadioState
from kiosk.sensors.radio.adapters import choose_adapter
from kiosk.sensors.radio.bluez import bluez
from kiosk.sensors.radio.errors import RadioError, RadioMissing
from kiosk.sensors.radio.scanning import MONITOR_MISSING


async def look_for_adapter(wanted: str) -> RadioStanding:
    """How an adapter would stand that is brought up now: starting if it can be used; else absent or lost, and why.

    Nothing is scanned, and nobody is disturbed. Raises nothing.

    Args:
        wanted: Its name such as "hci1", or nothing for the first that can be used.
    """
    try:
        async with bluez() as system:
            adapter = choose_adapter(await system.adapters(), wanted)
    except RadioMissing as missing:
        return RadioStanding(RadioState.ABSENT, cure=missing.staff)
    except RadioError as error:
        return RadioStanding(RadioState.LOST, cure=error.staff)
    note = "" if adapter.monitors else MONITOR_MISSING
    return RadioStanding(RadioState.STARTING, adapter.shown, adapter.firmware, cure=note)
