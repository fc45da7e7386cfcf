"""The kiosk's own talk with BlueZ over the system bus: which adapters there are, and when one is lost.

bleak scans and does not tell when scanning has ended: after a restart of the daemon it stays silent for ever. So the
kiosk listens for that itself, on a connection of its own, which carries no packet.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from kiosk.sensors.radio.adapters import ADAPTER, Adapter, adapters_in, choose_adapter
from kiosk.sensors.radio.errors import (
    DaemonMissing,
    RadioError,
    RadioForbidden,
    RadioLost,
    RadioMissing,
    RadioOff,
    RadioSoftwareMissing,
)

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

BLUEZ = "org.bluez"
OBJECTS = "org.freedesktop.DBus.ObjectManager"
PROPERTIES = "org.freedesktop.DBus.Properties"

CONNECT_SECONDS = 5.0
CALL_SECONDS = 10.0
"""How long BlueZ may take to answer; switching an adapter on takes it a second or two."""

OFF_SECONDS = 1.0
"""How long an adapter stays off that is switched off and on: its firmware is loaded anew then."""

LOOK_AGAIN_SECONDS = 30.0
"""How often it is looked for an adapter although nothing was told of one."""

_OWNER = (
    "type='signal',sender='org.freedesktop.DBus',path='/org/freedesktop/DBus',"
    "interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0='org.bluez'"
)
_ADDED = f"type='signal',sender='{BLUEZ}',interface='{OBJECTS}',member='InterfacesAdded',arg0path='/org/bluez/'"
_ANY_ADAPTER = f"type='signal',sender='{BLUEZ}',interface='{PROPERTIES}',member='PropertiesChanged',arg0='{ADAPTER}'"

_FORBIDDEN = ("org.freedesktop.DBus.Error.AccessDenied", "org.freedesktop.DBus.Error.AuthFailed")
_NOBODY = (
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.NoReply",
    "org.freedesktop.DBus.Error.Disconnected",
    "org.freedesktop.DBus.Error.TimedOut",
    "org.freedesktop.DBus.Error.Spawn",
    "org.freedesktop.systemd1",
)


class Use(Enum):
    """What an adapter is used for, by which it is told what ends that."""

    SCANNING = auto()
    SENDING = auto()


@contextlib.asynccontextmanager
async def bluez() -> AsyncIterator[BlueZ]:
    """A connection to the system bus, closed at the end. Raises RadioError."""
    try:
        from dbus_fast import BusType
        from dbus_fast.aio import MessageBus
    except ImportError as error:
        raise RadioSoftwareMissing(f"dbus-fast does not load ({error.name})") from error
    # What it says of a message that it cannot use may quote a stranger's packet. What matters the radio tells itself.
    logging.getLogger("dbus_fast").setLevel(logging.CRITICAL)
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
    except PermissionError as error:
        raise RadioForbidden("The system bus refuses the kiosk's user") from error
    except Exception as error:  # no socket, no daemon behind it, an address that is none
        raise DaemonMissing("There is no system bus") from error
    system = BlueZ(bus)
    try:
        yield system
    finally:
        bus.disconnect()
        await asyncio.wait([system.end], timeout=1.0)


async def end_of(bus: MessageBus) -> None:
    """Wait for the end of a connection, however it ends."""
    with contextlib.suppress(Exception):
        await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # it has no annotations


class BlueZ:
    """What is asked of BlueZ through one connection, and what it tells by itself.

    Attributes:
        bus: The connection.
        end: Done when that has ended. Not to be cancelled, which would cancel for all what they wait for.
    """

    def __init__(self, bus: MessageBus) -> None:
        self.bus = bus
        self.end = asyncio.ensure_future(end_of(bus))

    async def adapters(self) -> list[Adapter]:
        """The adapters there are. Raises RadioError."""
        from dbus_fast import unpack_variants

        (objects,) = await self.call("/", OBJECTS, "GetManagedObjects")
        return adapters_in(unpack_variants(objects))

    async def wait_for_adapter(self, wanted: str, told: Callable[[RadioError], None]) -> Adapter:
        """Wait until there is an adapter that can be used.

        Args:
            wanted: Its name such as "hci1", or nothing for the first that can be used.
            told: Called with why there is none, each time that was looked.

        Raises:
            RadioError: The bus fails.
        """
        async with self._news([_OWNER, _ADDED, _ANY_ADAPTER], _is_about_adapters) as news:
            while True:
                news.clear()
                try:
                    return choose_adapter(await self.adapters(), wanted)
                except (RadioMissing, RadioOff) as missing:
                    if not self.bus.connected:
                        raise
                    told(missing)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                        await news.wait()

    @contextlib.asynccontextmanager
    async def watching(self, adapter: Adapter, use: Use) -> AsyncIterator[Watch]:
        """Follow what happens to an adapter. Raises RadioError."""
        watch = Watch(adapter, use)
        rules = [
            _OWNER,
            f"type='signal',sender='{BLUEZ}',interface='{OBJECTS}',member='InterfacesRemoved',arg0path='{adapter.path}'",
            f"type='signal',sender='{BLUEZ}',interface='{PROPERTIES}',member='PropertiesChanged',path='{adapter.path}'",
        ]
        async with self._news(rules, watch.heard):
            self.end.add_done_callback(watch.bus_ended)
            try:
                yield watch
            finally:
                self.end.remove_done_callback(watch.bus_ended)

    async def power_cycle(self, adapter: Adapter) -> None:
        """Switch an adapter off and on: the cure for firmware that has stopped. Raises RadioError."""
        try:
            await self._power(adapter, on=False)
            await asyncio.sleep(OFF_SECONDS)
        finally:
            await self._power(adapter, on=True)

    async def call(self, path: str, interface: str, member: str, signature: str = "", *body: object) -> list[Any]:
        """Ask BlueZ something and return what it answers.

        Raises:
            RadioForbidden: The bus does not let this user ask.
            DaemonMissing: Nobody is there to answer.
            RadioLost: It answers with an error, or not in time.
        """
        from dbus_fast import Message, MessageType

        message = Message(BLUEZ, path, interface, member, signature=signature, body=list(body))
        try:
            async with asyncio.timeout(CALL_SECONDS):
                reply = await self.bus.call(message)
        except TimeoutError as error:
            raise RadioLost(f"BlueZ does not answer ({member})") from error
        except Exception as error:  # the connection broke
            raise DaemonMissing("The system bus has gone away") from error
        if reply.message_type is MessageType.ERROR:
            raise _meant_by(reply.error_name or "", member)
        return list(reply.body)

    async def _power(self, adapter: Adapter, *, on: bool) -> None:
        from dbus_fast import Variant

        await self.call(adapter.path, PROPERTIES, "Set", "ssv", ADAPTER, "Powered", Variant("b", on))

    @contextlib.asynccontextmanager
    async def _news(self, rules: list[str], is_news: Callable[[Message], bool]) -> AsyncIterator[asyncio.Event]:
        """An event that is set by each signal that counts, while somebody waits for it."""
        news = asyncio.Event()

        def heard(message: Message) -> None:
            if is_news(message):
                news.set()

        def ended(end: asyncio.Future[None]) -> None:
            news.set()

        self.bus.add_message_handler(heard)
        self.end.add_done_callback(ended)
        try:
            for rule in rules:
                await self._match("AddMatch", rule)
            yield news
        finally:
            self.bus.remove_message_handler(heard)
            self.end.remove_done_callback(ended)
            if self.bus.connected:
                for rule in rules:
                    with contextlib.suppress(RadioError):
                        await self._match("RemoveMatch", rule)

    async def _match(self, member: str, rule: str) -> None:
        from dbus_fast import Message, MessageType

        daemon = "org.freedesktop.DBus"
        message = Message(daemon, "/org/freedesktop/DBus", daemon, member, signature="s", body=[rule])
        try:
            async with asyncio.timeout(CALL_SECONDS):
                reply = await self.bus.call(message)
        except Exception as error:
            raise DaemonMissing("The system bus has gone away") from error
        if reply.message_type is MessageType.ERROR:
            raise RadioLost(f"The system bus refuses ({member})")


class Watch:
    """Waits for what ends the use of an adapter."""

    def __init__(self, adapter: Adapter, use: Use) -> None:
        self._adapter = adapter
        self._use = use
        self._why: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def wait(self, seconds: float) -> None:
        """Wait so long. Raises RadioError as soon as the adapter is lost."""
        done, _ = await asyncio.wait([self._why], timeout=seconds)
        if done:
            raise RadioLost(self._why.result())

    def bus_ended(self, end: asyncio.Future[None]) -> None:
        """The connection has ended, and with it all that would be told."""
        self.lose("The system bus has gone away")

    def lose(self, why: str) -> None:
        """It is lost."""
        if not self._why.done():
            self._why.set_result(why)

    def heard(self, message: Message) -> bool:
        """Look at a signal; whether it ends the use."""
        why = what_ends(self._use, message.member or "", message.path or "", message.body, self._adapter.path)
        if why:
            self.lose(why)
        return bool(why)


def what_ends(use: Use, member: str, path: str, body: list[Any], adapter: str) -> str:
    """Why a signal means that an adapter is of no use any more; empty if it does not.

    Args:
        use: What it is used for.
        member: Of the signal: its name.
        path: Of the signal: the object.
        body: Of the signal: what it tells.
        adapter: The adapter's own path.
    """
    match member, body:
        case "NameOwnerChanged", [str(), str(), str()]:
            return "The Bluetooth daemon has ended" if not body[2] else "The Bluetooth daemon was started anew"
        case "InterfacesRemoved", [str() as removed, list() as interfaces]:
            gone = removed == adapter and ADAPTER in interfaces
            return "The Bluetooth adapter has gone away" if gone else ""
        case "PropertiesChanged", [str() as interface, dict() as changed, _]:
            if path != adapter or interface != ADAPTER:
                return ""
            if _turned_off(changed, "Powered"):
                return "The Bluetooth adapter was switched off"
            # BlueZ keeps this on over the pauses of its own; off means that our scan has been ended.
            ended = use is Use.SCANNING and _turned_off(changed, "Discovering")
            return "BlueZ has ended the scan" if ended else ""
        case _:
            return ""


def _turned_off(changed: Mapping[str, Any], name: str) -> bool:
    return name in changed and getattr(changed[name], "value", None) is False


def _is_about_adapters(message: Message) -> bool:
    match message.member, message.body:
        case "InterfacesAdded", [str(), dict() as interfaces]:
            return ADAPTER in interfaces
        case (("NameOwnerChanged" | "PropertiesChanged"), _):
            return True
        case _:
            return False


def _meant_by(error: str, member: str) -> RadioError:
    if error in _FORBIDDEN:
        return RadioForbidden("The system bus does not let the kiosk's user talk to BlueZ")
    if error.startswith(_NOBODY):
        return DaemonMissing("The Bluetooth daemon is not running")
    return RadioLost(f"BlueZ refuses ({member}: {error.rpartition('.')[2]})")
