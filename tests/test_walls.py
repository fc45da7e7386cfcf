"""What a room brings into memory.

The contracts in pyproject.toml say who may import whom. They cannot say when: a camera library imported at the top of
a module breaks every kiosk without a camera, and a screen library imported by the command line makes each command
slow. So each test starts a Python of its own, imports a whole room and looks at what is loaded.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

_IMPORT_ALL = """
import importlib, pkgutil, sys

room = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(getattr(room, "__path__", ()), room.__name__ + "."):
    importlib.import_module(module.name)
print(*sys.modules, sep="\\n")
"""

HARDWARE = {"bleak", "dbus_fast", "linuxpy", "picamera2", "pyzbar", "zxingcpp"}
NETWORK = {"httpx", "starlette", "uvicorn"}


def loaded_with(room: str) -> set[str]:
    """Import `room` and every module in it into a fresh interpreter.

    Returns:
        The top-level names of all that is loaded then, and the full names of the kiosk's own modules.
    """
    process = subprocess.run([sys.executable, "-c", _IMPORT_ALL, room], capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stderr
    names = process.stdout.split()
    assert room in names
    return {name if name.startswith("kiosk.") else name.partition(".")[0] for name in names}


def rooms_in(loaded: set[str]) -> set[str]:
    return {name.split(".")[1] for name in loaded if name.startswith("kiosk.")}


def test_the_desk_loads_no_screen_no_disk_no_network_and_no_device() -> None:
    loaded = loaded_with("kiosk.desk")

    assert not loaded & {"textual", "tinydb", "PIL", *NETWORK, *HARDWARE}
    assert rooms_in(loaded) <= {"desk", "text"}


@pytest.mark.parametrize("room", ["kiosk.ui", "kiosk.line"])
def test_the_faces_of_the_kiosk_load_nothing_that_stands_behind_the_desk(room: str) -> None:
    loaded = loaded_with(room)

    assert not loaded & {"tinydb", *NETWORK, *HARDWARE}
    assert rooms_in(loaded) <= {room.removeprefix("kiosk."), "desk", "i18n", "text", "traces"}


def test_the_control_socket_loads_the_desk_alone() -> None:
    loaded = loaded_with("kiosk.control")

    assert not loaded & {"textual", "rich", "tinydb", "PIL", *NETWORK, *HARDWARE}
    assert rooms_in(loaded) <= {"control", "desk", "text"}


def test_the_nexudus_client_loads_no_room_of_the_kiosk() -> None:
    loaded = loaded_with("kiosk.nexudus")

    assert "httpx" in loaded
    assert rooms_in(loaded) <= {"nexudus", "text", "atomic_file"}


def test_the_sensors_load_their_hardware_only_when_it_is_used() -> None:
    loaded = loaded_with("kiosk.sensors")

    assert not loaded & {"textual", "tinydb", *NETWORK, *HARDWARE}


def test_the_command_line_is_there_before_the_screen_and_the_network_are_loaded() -> None:
    loaded = loaded_with("kiosk.cli")

    assert not loaded & {"textual", "PIL", *NETWORK, *HARDWARE}
