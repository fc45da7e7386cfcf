"""Sends the kiosk's iBeacon through BlueZ, and again whenever the daemon or the adapter has been away."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from kiosk.desk.adverts import BeaconState
from kiosk.sensors.radio.adapters import ADVERTISING, Adapter
from kiosk.sensors.radio.beacon import APPLE, BeaconNumbers, seconds_left
from kiosk.sensors.radio.bluez import PROPERTIES, BlueZ, Use, bluez
from kiosk.sensors.radio.errors import RadioError, RadioLost, RadioMissing
from kiosk.sensors.radio.supervisor import Supervisor

if TYPE_CHECKING:
    from dbus_fast import Message

logger = logging.getLogger(__name__)

ADVERTISEMENT = "org.bluez.LEAdvertisement1"
PATH = "/com/nexudus/kiosk/beacon"

INTERVAL_MILLISECONDS = 100
"""What Apple asks of a beacon. Where BlueZ is too old to be told, it sends ten times less often."""

LONG_SECONDS = 3600.0

STOP_SECONDS = 3.0
"""How long the end may take: a daemon that hangs must not keep the kiosk from ending."""


class Beacon:
    """The kiosk's iBeacon, sent from a thread of its own while it is started. It asks nothing of whoever hears it."""

    def __init__(self, numbers: BeaconNumbers, adapter: str = "", now: Callable[[], float] = time.time) -> None:
        """Prepare; nothing is sent before `start()`.

        Args:
            numbers: What it says.
            adapter: The adapter's name such as "hci1", or nothing for the first that can be used.
            now: The time in seconds since 1970, for a minor number that rolls.
        """
        self._numbers = numbers
        self._wanted = adapter
        self._now = now
        self._trouble: RadioError | None = None
        self._failures = 0
        self._state = BeaconState.STARTING
        self._supervisor = Supervisor("beacon", self._session, self._failed)

    @property
    def state(self) -> BeaconState:
        """How it stands. May be asked by any thread."""
        return self._state

    def start(self) -> None:
        """Begin to send, as soon as there is an adapter."""
        self._supervisor.start()

    def stop(self) -> None:
        """End. Waits until the thread has ended."""
        self._supervisor.stop()
        self._state = BeaconState.STARTING

    async def _session(self) -> None:
        async with bluez() as system:
            adapter = await system.wait_for_adapter(self._wanted, self._broke)
            if not adapter.advertises:
                raise RadioMissing(f"The Bluetooth adapter {adapter.shown} cannot send advertisements")
            async with system.watching(adapter, Use.SENDING) as watch:
                while True:
                    # Not every release of BlueZ looks again at what is registered, so each slot is a new one.
                    at = self._now()
                    async with _registered(system, adapter, self._numbers.payload_at(at)):
                        self._works()
                        rolls = self._numbers.key is not None
                        await watch.wait(seconds_left(at, self._now()) if rolls else LONG_SECONDS)

    def _works(self) -> None:
        if self._trouble is not None:
            logger.info("The beacon is sent again.")
        self._trouble, self._failures = None, 0
        self._state = BeaconState.SENDING

    def _failed(self, error: Exception) -> int:
        self._broke(error if isinstance(error, RadioError) else RadioLost(f"Bluetooth failed ({type(error).__name__})"))
        self._failures += 1
        return self._failures

    def _broke(self, error: RadioError) -> None:
        if self._trouble is None:
            logger.warning("The beacon is not sent and is tried again: %s", error.staff)
        self._trouble = error
        self._state = BeaconState.LOST


@contextlib.asynccontextmanager
async def _registered(system: BlueZ, adapter: Adapter, payload: bytes) -> AsyncIterator[None]:
    """Have BlueZ send this manufacturer data until the end of the block. Raises RadioError."""

    def answer(message: Message) -> Message | bool:
        return _answer(message, payload)

    system.bus.add_message_handler(answer)
    try:
        await system.call(adapter.path, ADVERTISING, "RegisterAdvertisement", "oa{sv}", PATH, {})
        yield
    finally:
        system.bus.remove_message_handler(answer)
        with contextlib.suppress(RadioError, TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await system.call(adapter.path, ADVERTISING, "UnregisterAdvertisement", "o", PATH)


def _answer(message: Message, payload: bytes) -> Message | bool:
    """What BlueZ is told of the advertisement when it asks; False for what is none of its questions."""
    from dbus_fast import Message, MessageType, Variant

    if message.message_type is not MessageType.METHOD_CALL or message.path != PATH:
        return False
    if (message.interface, message.member) == (ADVERTISEMENT, "Release"):
        return Message.new_method_return(message)
    if (message.interface, message.member, message.signature) != (PROPERTIES, "GetAll", "s"):
        return False
    told = {
        "Type": Variant("s", "broadcast"),  # nobody can connect
        "ManufacturerData": Variant("a{qv}", {APPLE: Variant("ay", payload)}),
        "MinInterval": Variant("u", INTERVAL_MILLISECONDS),
        "MaxInterval": Variant("u", INTERVAL_MILLISECONDS),
    }
    return Message.new_method_return(message, "a{sv}", [told])
