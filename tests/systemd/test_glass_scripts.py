"""The two scripts between the display and the kiosk: how large the letters are, and what is on the glass when the kiosk
cannot even begin."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import time
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "systemd"


@pytest.mark.parametrize(
    ("modes", "letter", "line"),
    [
        ("800x480\n", 16, 20),
        ("1280x720\n1024x768\n", 26, 30),
        ("720x1280\n", 26, 32),
        ("1920x1080i\n", 39, 45),
        ("", 16, 20),
        ("garbage\n", 16, 20),
    ],
)
def test_the_letters_are_as_large_as_the_glass_allows(tmp_path: Path, modes: str, letter: int, line: int) -> None:
    connected, dark = tmp_path / "card1-DSI-1", tmp_path / "card0-HDMI-A-1"
    for connector, status in ((dark, "disconnected\n"), (connected, "connected\n")):
        connector.mkdir()
        (connector / "status").write_text(status)
        (connector / "modes").write_text(modes if connector is connected else "4096x2160\n")
    foot = tmp_path / "bin/foot"
    foot.parent.mkdir()
    foot.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    foot.chmod(0o755)
    environment = {**os.environ, "DRM": str(tmp_path), "PATH": f"{foot.parent}:{os.environ['PATH']}"}
    done = subprocess.run(["sh", SCRIPTS / "terminal.sh"], env=environment, capture_output=True, text=True, check=True)

    told = done.stdout.splitlines()
    assert f"--override=font=DejaVu Sans Mono:pixelsize={letter}" in told
    assert f"--override=line-height={line}px" in told
    assert told[-1] == str(SCRIPTS / "on-glass.sh")


class Terminal:
    """The script on a terminal of its own, with a kiosk that ends as the test says."""

    def __init__(self, folder: Path, status: int) -> None:
        version = folder / "version"
        (version / "bin").mkdir(parents=True)
        (version / "systemd").mkdir()
        python = version / "bin/python"
        python.write_text(f"#!/bin/sh\necho Traceback: what a visitor typed\nexit {status}\n")
        python.chmod(0o755)
        script = version / "systemd/on-glass.sh"
        script.write_bytes((SCRIPTS / "on-glass.sh").read_bytes())
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            ["sh", str(script)], stdin=slave, stdout=slave, stderr=slave,
            env={**os.environ, "CLOSED_SECONDS": "0.3"}, start_new_session=True,
        )  # fmt: skip
        os.close(slave)

    def until_its_end(self, typed: bytes = b"") -> tuple[int, str]:
        """The status, and all that was drawn. `typed` is typed as soon as anything is drawn after a clear screen."""
        drawn, end = b"", time.monotonic() + 30
        while time.monotonic() < end:
            if not select.select([self.master], [], [], 1)[0]:
                continue
            try:
                drawn += os.read(self.master, 4096)
            except OSError:
                break
            if typed and b"\x1bc" in drawn:
                os.write(self.master, typed)
                typed = b""
        os.close(self.master)
        return self.process.wait(10), drawn.decode()


@pytest.mark.parametrize("status", [0, 75, 77, 143])
def test_a_kiosk_that_ended_on_purpose_ends_the_terminal_with_its_status(tmp_path: Path, status: int) -> None:
    ended, drawn = Terminal(tmp_path, status).until_its_end()

    assert ended == status
    assert "reception" not in drawn


def test_a_kiosk_that_could_not_even_begin_leaves_the_way_to_reception_and_no_traceback_on_the_glass(
    tmp_path: Path,
) -> None:
    ended, drawn = Terminal(tmp_path, 1).until_its_end(typed=b"\x03\x1a\x1c\x04secret\r")

    glass = drawn.rpartition("\x1bc")[2]
    assert ended == 1, "no key ended it sooner, and systemd hears how the kiosk ended"
    assert "Please see reception" in glass
    assert f"{os.uname().nodename}, code K1" in glass
    assert "Traceback" not in glass
    assert "secret" not in glass
