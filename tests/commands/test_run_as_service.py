"""`kiosk run` as systemd starts it: a real process on a terminal, heard through NOTIFY_SOCKET."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.assembly import open_state
from kiosk.desk.device import ExitStatus
from tests.road import settings_for
from tests.service.manager import Manager
from tests.ui.terminal import Glass

RUN = "import sys\nfrom kiosk.cli import main\nsys.exit(main({arguments!r}))\n"

PATIENCE = 60.0
"""Seconds after which something that should have come is missing."""


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    manager = Manager(tmp_path)
    yield manager
    manager.close()


@pytest.fixture
def start(tmp_path: Path, manager: Manager) -> Iterator[Callable[[], Glass]]:
    """Starts the kiosk of this device, which stands nowhere yet."""
    settings = settings_for(tmp_path, "http://127.0.0.1:9")  # nobody answers there
    arguments = ["run", "--state", str(settings.state.folder), "--nexudus", settings.nexudus.url, "--camera", "none"]
    environment = {
        "NOTIFY_SOCKET": manager.address,
        "WATCHDOG_USEC": "20000000",
        "STATE_DIRECTORY": str(tmp_path / "device"),
        "RUNTIME_DIRECTORY": str(tmp_path),
        "KIOSK_STATE__KEY_FILE": str(settings.state.key_file),
    }
    started: list[Glass] = []

    def start() -> Glass:
        started.append(Glass(RUN.format(arguments=arguments), environment))
        return started[-1]

    yield start
    for glass in started:
        if glass.process.poll() is None:
            glass.process.kill()
            glass.process.wait()


def test_ready_then_signs_of_life_none_while_it_hangs_and_a_clean_end(
    tmp_path: Path, manager: Manager, start: Callable[[], Glass]
) -> None:
    with open_state(settings_for(tmp_path, "http://127.0.0.1:9")) as state:
        state.sites.save(replace(state.site, business_id=7, name="The Yard"))
    glass = start()
    glass.until(b"The Yard")

    assert manager.waits_for("READY=1", PATIENCE)
    assert manager.waits_for("WATCHDOG=1", PATIENCE)
    glass.process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, glass.process.pid, os.WSTOPPED | os.WNOWAIT)
    manager.heard()
    assert not manager.waits_for("WATCHDOG=1", 1.5), "one a second would come"
    glass.process.send_signal(signal.SIGCONT)
    assert manager.waits_for("WATCHDOG=1", PATIENCE)
    assert glass.close() == ExitStatus.DONE
    assert manager.waits_for("STOPPING=1", PATIENCE)


def test_a_kiosk_that_cannot_start_is_never_ready_and_sends_people_to_reception(
    tmp_path: Path, manager: Manager, start: Callable[[], Glass]
) -> None:
    with open_state(settings_for(tmp_path, "http://127.0.0.1:9")) as state:  # somebody else holds it
        state.sites.save(replace(state.site, business_id=7, name="The Yard"))
        glass = start()
        glass.until(b"code D1")

    told = manager.heard()
    assert [message.partition(":")[0] for message in told] == ["STATUS=Closed (D1)"]
    assert glass.close() == ExitStatus.NOT_STARTED
