"""A system bus of the tests' own, and somebody on it who answers for BlueZ."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from kiosk.sensors.radio.radio import BluezRadio
from tests.sensors.radio.standin import BluezStandIn, Hearing, Listening, bus_daemon


@pytest.fixture(scope="package")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A real D-Bus daemon that nobody else uses, in place of the system's."""
    folder = tmp_path_factory.mktemp("bus")
    with pytest.MonkeyPatch.context() as patch, bus_daemon(folder):
        patch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={folder}/socket")
        yield


@pytest.fixture
async def daemon(bus: None) -> AsyncIterator[BluezStandIn]:
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
