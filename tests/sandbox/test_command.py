"""The command that serves until it is told to stop, run as its own process."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from kiosk.sandbox.command import run_sandbox
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.switches import SWITCHES
from tests.sandbox.conftest import plain_client, signed_in
from tests.sandbox.test_rules import GUEST, GUESTS

PROGRAM = """
import sys
from pathlib import Path
from kiosk.sandbox.command import run_sandbox
sys.exit(run_sandbox(0, Path(sys.argv[1]), lambda line: print(line, flush=True)))
"""


def serve(data: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", PROGRAM, str(data)], stdout=subprocess.PIPE, text=True)


def introduction(lines: IO[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for line in lines:
        name, _, rest = line.strip().partition("  ")
        told[name] = rest.strip()
        if name == "Location":
            break
    return told


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_tells_how_to_sign_in_serves_and_ends_cleanly(tmp_path: Path, end: signal.Signals) -> None:
    with serve(tmp_path / "world.json") as process:
        assert process.stdout is not None
        told = introduction(process.stdout)
        with plain_client(told["Simulated Nexudus"]) as client:
            signed_in(client).post(GUESTS, json=GUEST)
        process.send_signal(end)
        rest = process.stdout.read()
    assert process.returncode == 0
    assert (told["E-mail"], told["Password"]) == ("kiosk@harbourworks.test", "harbour-demo")
    assert "04271   Member (Zoë Lindqvist)." in rest
    assert "Ana Prueba" in (tmp_path / "world.json").read_text()


def test_a_taken_port_ends_it_with_a_sentence(server: SandboxServer) -> None:
    told: list[str] = []
    assert run_sandbox(int(server.url.rpartition(":")[2]), None, told.append) == 1
    assert len(told) == 1
    assert "in use" in told[0]


def test_a_damaged_file_ends_it_with_a_sentence(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "world.json").write_text("{")
    assert run_sandbox(0, tmp_path / "world.json", told.append) == 1
    assert told == [f"The simulated Nexudus cannot be served: {tmp_path}/world.json does not hold a saved world."]


def serve_with(*faults: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kiosk", "sandbox", "--port", "0"]
    for fault in faults:
        command += ["--fault", fault]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_faults_are_named_on_the_command_line_and_switched_by_typing() -> None:
    with serve_with("fail=502", "delay=0.01") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        url = introduction(process.stdout)["Simulated Nexudus"]
        while "switches faults" not in process.stdout.readline():
            pass
        with plain_client(url) as client:
            assert client.get("/api/auth/me").status_code == 502
            process.stdin.write("fail=off\nstorm\n?\noff")
            process.stdin.close()
            told = [process.stdout.readline() for _ in range(3 + len(SWITCHES))]
            assert client.get("/api/auth/me").status_code == 401
        process.terminate()
    assert process.returncode == 0
    assert told[0] == "Faults: delay=0.01.\n"
    assert told[1].startswith("There is no fault of that name. There are: drop-before, ")
    assert told[2].startswith("drop-before=NUMBER|all ")
    assert told[-1] == "Faults: none.\n"


def test_a_fault_that_does_not_exist_ends_it_before_anything_is_served() -> None:
    with serve_with("storm") as process:
        out, error = process.communicate()
    assert (process.returncode, out) == (2, "")
    assert error.startswith("kiosk: There is no fault of that name. There are: ")
