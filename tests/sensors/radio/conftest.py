"""A system bus of the tests' own, and somebody on it who answers for BlueZ."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from kiosk.sensors.radio.radio import BluezRadio
from tests.sensors.radio.standin import BluezStandIn, Hearing, Listening

CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""


@pytest.fixture(scope="package")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real D-Bus daemon that nobody else uses, in place of the system's."""
    folder = tmp_path_factory.mktemp("bus")
    configuration = folder / "bus.conf"
    configuration.write_text(CONFIGURATION.format(socket=folder / "socket"))
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={configuration}", "--print-address=1", "--nofork"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert daemon.stdout is not None
    with pytest.MonkeyPatch.context() as patch, daemon:
        address = daemon.stdout.readline().strip()
        patch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address
        daemon.terminate()


@pytest.fixture
async def daemon(bus: str) -> AsyncIterator[BluezStandIn]:
    """BlueZ, with one adapter that is switched on."""
    async with BluezStandIn() as daemon:
        daemon.add_adapter("hci0")
        await daemon.own_the_name()
        yield daemon


@pytest.fixture
async def hearing() -> AsyncIterator[Hearing]:
    """Listens to radios, and to none any more at the end."""
    async with contextlib.AsyncExitStack() as stack:

        async def listen(radio: BluezRadio) -> Listening:
            listening = Listening(radio)
            task = asyncio.ensure_future(radio.listen(listening))

            async def end() -> None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

            stack.push_async_callback(end)
            return listening

        yield listen


@pytest.fixture
def no_bus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without a system bus."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/nowhere")
