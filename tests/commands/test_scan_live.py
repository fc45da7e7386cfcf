"""`kiosk scan --live` as an operator types it: on a terminal with a picture, and elsewhere as lines."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.bench.desk import frame_with
from tests.commands.shell import Shell

SOON = "30"
"""An end that no test waits for."""


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell on a device that nobody has set up: a camera is tried before that."""
    return Shell(tmp_path, "")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "code.pgm"
    file.write_bytes(b"P5 640 480 255\n" + frame_with("228904\x1b]0;owned\x07").grey)
    return file


def test_elsewhere_than_on_a_terminal_each_code_is_a_line_of_json(shell: Shell, picture: Path) -> None:
    done = shell.run("scan", "--live", "--camera", str(picture), "--seconds", "2")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert line.isascii()
    assert line.isprintable()
    code = json.loads(line)
    assert code["texts"] == ["228904\x1b]0;owned\x07"]
    assert code["bytes"] == 16
    assert code["pass"] == "zxing"
    assert code["milliseconds"] > 0
    assert [len(corners) for corners in code["corners"]] == [4]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_good_order_when_it_is_told_to(shell: Shell, picture: Path, number: int) -> None:
    running = shell.start("scan", "--live", "--camera", str(picture), "--seconds", SOON)
    assert running.stdout is not None
    line = running.stdout.readline()
    running.send_signal(number)
    rest, _ = running.communicate(timeout=60)
    assert json.loads(line)["bytes"] == 16
    assert (rest, running.returncode) == (b"", 0)


def test_nothing_read_is_told_by_the_status(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "grey.pgm"
    file.write_bytes(b"P5 640 480 255\n" + bytes([128]) * 640 * 480)
    done = shell.run("scan", "--live", "--camera", str(file), "--seconds", "0.5")
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--live", "--camera", "none"], 1, "There is no camera here."),
        (["--live", "--camera", "/nowhere/at.png"], 1, "/nowhere/at.png"),
        (["--live", "a.png"], 2, "or --live for the camera"),
        ([], 2, "or --live for the camera"),
        (["--live", "--seconds", "0"], 2, "give seconds"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(shell: Shell, arguments: list[str], status: int, words: str) -> None:
    done = shell.run("scan", *arguments)
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def typed_once(shell: Shell, picture: Path, when: Callable[[bytes], bool], keys: bytes) -> tuple[int, str]:
    """Start it on a terminal, type `keys` once `when` is true of what was drawn; its status and all its output."""
    terminal, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [sys.executable, "-m", "kiosk", "scan", "--live", "--camera", str(picture), "--seconds", SOON]
    environment = {**shell.environment, "TERM": "foot", "COLORTERM": "truecolor"}
    running = subprocess.Popen(command, stdin=end, stdout=end, stderr=end, env=environment, start_new_session=True)
    os.close(end)
    drawn, typed = b"", False
    try:
        while data := _read(terminal):
            drawn += data
            if not typed and when(drawn):
                os.write(terminal, keys)
                typed = True
        return running.wait(timeout=60), drawn.decode("utf-8", "replace")
    finally:
        running.kill()
        running.wait()
        os.close(terminal)


def _read(terminal: int) -> bytes:
    """What comes next; nothing once the other end is closed."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""


@pytest.mark.parametrize("keys", [b"q", b"\x03"], ids=["q", "Ctrl-C"])
def test_on_a_terminal_the_picture_is_drawn_and_the_lines_come_after_it(
    shell: Shell, picture: Path, keys: bytes
) -> None:
    status, drawn = typed_once(shell, picture, lambda drawn: "✓ Code read".encode() in drawn, keys)
    assert status == 0
    assert "▀" in drawn
    assert "\x1b]0;" not in drawn, "nothing in a code controls the terminal"
    after = drawn.rpartition("\x1b[?1049l")[2]
    assert json.loads(after[after.index("{") :])["bytes"] == 16
