"""In place of BlueZ: owns its name on the tests' bus, answers what a scanner asks, and tells what bluetoothd tells.

It has neither bluetoothd's rules of what is worth telling nor a controller's filter of duplicates.
"""

from __future__ import annotations

import asyncio
import contextlib
import struct
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

from dbus_fast import BusType, ErrorType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from kiosk.desk.adverts import Advert, RadioState
from kiosk.sensors.radio.bluez import end_of
from kiosk.sensors.radio.radio import BluezRadio

ADAPTER, DEVICE = "org.bluez.Adapter1", "org.bluez.Device1"
ROOT = "org.freedesktop.DBus"

IBEACON = b"\x02\x15" + UUID("f7826da6-4fa2-4e98-8024-bc5b71e0893e").bytes + struct.pack(">HHb", 7, 42, -59)
EDDYSTONE = "0000feaa-0000-1000-8000-00805f9b34fb"
BADGE = "C0:FF:EE:00:00:01"
OTHER = "C0:FF:EE:00:00:02"

DEADLINE_SECONDS = 20.0
"""By when something must have happened that happens at once, on a machine that is busy with something else as well."""


BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""


@contextlib.contextmanager
def bus_daemon(folder: Path) -> Iterator[None]:
    """A D-Bus daemon at `socket` in this folder."""
    configuration = folder / "bus.conf"
    configuration.write_text(BUS.format(socket=folder / "socket"))
    command = ["dbus-daemon", f"--config-file={configuration}", "--print-address=1", "--nofork"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as daemon:
        assert daemon.stdout is not None
        assert daemon.stdout.readline(), "it does not begin"
        try:
            yield
        finally:
            daemon.kill()


async def until(holds: Callable[[], bool], what: str = "what was waited for") -> None:
    """Wait until something holds."""
    by = time.monotonic() + DEADLINE_SECONDS
    while not holds():
        assert time.monotonic() < by, f"{what} has not happened"
        await asyncio.sleep(0.005)


class Listening:
    """An ear, and the radio that tells it."""

    def __init__(self, radio: BluezRadio) -> None:
        self.radio = radio
        self.adverts: list[Advert] = []

    def heard(self, advert: Advert) -> None:
        self.adverts.append(advert)

    async def until_state(self, state: RadioState) -> None:
        await until(lambda: self.radio.standing().state is state, f"{state}, not {self.radio.standing()},")

    async def until_heard(self, number: int) -> list[Advert]:
        await until(lambda: len(self.adverts) >= number, f"hearing {number} packets, not {len(self.adverts)},")
        return self.adverts


Hearing: TypeAlias = Callable[[BluezRadio], Awaitable[Listening]]


def path_of(address: str, adapter: str = "hci0") -> str:
    return f"/org/bluez/{adapter}/dev_" + address.replace(":", "_")


class BluezStandIn:
    """Somebody who answers for `org.bluez`."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, dict[str, Variant]]] = {}
        self.calls: list[Message] = []
        self.refused: dict[str, str] = {}
        self.deaf: set[str] = set()
        self.advertisements: list[dict[str, Variant]] = []
        self._later: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> BluezStandIn:
        self.bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
        self.bus.add_message_handler(self._answer)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.die()

    async def own_the_name(self) -> None:
        """Begin to answer."""
        await self.bus.request_name("org.bluez")

    async def die(self) -> None:
        """End as after `kill -9`: nothing is said, the bus alone tells that nobody owns the name any more."""
        if self.bus.connected:
            self.bus.disconnect()
        await end_of(self.bus)

    @property
    def members(self) -> list[str]:
        """What was called, in this order."""
        return [call.member or "" for call in self.calls]

    def add_adapter(self, name: str, *, powered: bool = True, monitors: bool = True) -> None:
        """An adapter is plugged in."""
        interfaces = {
            ADAPTER: {
                "Address": Variant("s", "00:11:22:33:44:55"),
                "Name": Variant("s", "lobby"),
                "Alias": Variant("s", "lobby"),
                "Modalias": Variant("s", "usb:v1D6Bp0246d0552"),
                "Powered": Variant("b", powered),
                "Discovering": Variant("b", False),
                "Roles": Variant("as", ["central", "peripheral"]),
                "Manufacturer": Variant("q", 15),
                "Version": Variant("y", 9),
            },
            "org.bluez.LEAdvertisingManager1": {},
        }
        if monitors:
            interfaces["org.bluez.AdvertisementMonitorManager1"] = {
                "SupportedMonitorTypes": Variant("as", ["or_patterns"])
            }
        self.add(f"/org/bluez/{name}", interfaces)

    def add(self, path: str, interfaces: dict[str, dict[str, Variant]]) -> None:
        """An object appears."""
        self.objects[path] = interfaces
        self._signal("/", f"{ROOT}.ObjectManager", "InterfacesAdded", "oa{sa{sv}}", path, interfaces)

    def remove(self, path: str) -> None:
        """An object goes away."""
        interfaces = list(self.objects.pop(path))
        self._signal("/", f"{ROOT}.ObjectManager", "InterfacesRemoved", "oas", path, interfaces)

    def change(
        self, path: str, changed: Mapping[str, Variant], interface: str = DEVICE, without: tuple[str, ...] = ()
    ) -> None:
        """Properties change, or have no value any more."""
        self.objects[path][interface].update(changed)
        for name in without:
            self.objects[path][interface].pop(name, None)
        self._signal(
            path, f"{ROOT}.Properties", "PropertiesChanged", "sa{sv}as", interface, dict(changed), list(without)
        )

    def power(self, name: str, *, on: bool) -> None:
        """Somebody switches an adapter on or off."""
        self.change(f"/org/bluez/{name}", {"Powered": Variant("b", on)}, ADAPTER)

    def advertise(
        self,
        address: str = BADGE,
        rssi: int = -50,
        makers: Mapping[int, bytes] | None = None,
        services: Mapping[str, bytes] | None = None,
    ) -> None:
        """A packet arrives: the first makes a device, later ones change it, as bluetoothd does it."""
        told = {"RSSI": Variant("n", rssi)}
        if makers is not None:
            told["ManufacturerData"] = Variant("a{qv}", {key: Variant("ay", data) for key, data in makers.items()})
        if services is not None:
            told["ServiceData"] = Variant("a{sv}", {key: Variant("ay", data) for key, data in services.items()})
        self.tell(address, told)

    def tell(self, address: str, told: dict[str, Variant]) -> None:
        """As `advertise`, with any properties of any type."""
        path = path_of(address)
        if path in self.objects:
            self.change(path, told)
        else:
            self.add(path, {DEVICE: {**_device(address), **told}})

    def _signal(self, path: str, interface: str, member: str, signature: str, *body: object) -> None:
        if self.bus.connected:
            self.bus.send(Message.new_signal(path, interface, member, signature, list(body)))

    def _answer(self, message: Message) -> Message | bool:
        if message.message_type is not MessageType.METHOD_CALL:
            return False
        self.calls.append(message)
        member = message.member or ""
        if member in self.deaf:
            return True
        if (error := self.refused.get(member)) is not None:
            return Message.new_error(message, error, "refused")
        if member == "GetManagedObjects":
            return Message.new_method_return(message, "a{oa{sa{sv}}}", [self.objects])
        if message.path not in self.objects:
            return Message.new_error(message, ErrorType.UNKNOWN_OBJECT, "no such adapter")
        return self._answer_of_adapter(message, member)

    def _answer_of_adapter(self, message: Message, member: str) -> Message | bool:
        assert message.path is not None
        match member:
            case "StartDiscovery" | "StopDiscovery":
                told = {"Discovering": Variant("b", member == "StartDiscovery")}
                self.change(message.path, told, ADAPTER)
            case "Set":
                self.change(message.path, {message.body[1]: message.body[2]}, message.body[0])
            case "RegisterMonitor" if "org.bluez.AdvertisementMonitorManager1" not in self.objects[message.path]:
                return Message.new_error(message, ErrorType.UNKNOWN_METHOD, "no such method")
            case "RegisterAdvertisement":
                later = asyncio.ensure_future(self._read_advertisement(message))
                self._later.add(later)
                later.add_done_callback(self._later.discard)
                return True
            case _:
                pass
        return Message.new_method_return(message)

    async def _read_advertisement(self, message: Message) -> None:
        """Read what is to be sent from whoever registered it, and only then answer, as bluetoothd does."""
        question = Message(
            message.sender, message.body[0], f"{ROOT}.Properties", "GetAll",
            signature="s", body=["org.bluez.LEAdvertisement1"],
        )  # fmt: skip
        reply = await self.bus.call(question)
        self.advertisements.append(reply.body[0])
        await self.bus.send(Message.new_method_return(message))


def _device(address: str) -> dict[str, Variant]:
    return {
        "Address": Variant("s", address),
        "AddressType": Variant("s", "random"),
        "Alias": Variant("s", address.replace(":", "-")),
        "Adapter": Variant("o", "/org/bluez/hci0"),
        "Paired": Variant("b", False),
        "Connected": Variant("b", False),
        "UUIDs": Variant("as", []),
    }
