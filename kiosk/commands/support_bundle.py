"""`kiosk support-bundle`: one file with what somebody needs who helps from afar, and with nothing of anybody.

What goes in is chosen, not filtered: findings, versions, the settings by name with what is secret taken out, how the
kiosk stands, the glass with visitors' words hidden, and the log, which names nobody to begin with.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import os
import platform
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

from kiosk import __version__
from kiosk.commands.beside import print_line, settings_of
from kiosk.commands.failures import told_plainly
from kiosk.commands.glass_drawing import as_png
from kiosk.control.client import NoAnswerGiven, NobodyThere, ask
from kiosk.control.packing import unpacked
from kiosk.control.protocol import AskStatus, LookAtGlass, NotUnderstood
from kiosk.examination.device import examine
from kiosk.settings import Settings
from kiosk.traces import traces

LOG_LINES = 5000
LOG_BYTES = 4_000_000

_SECRET = ("password", "secret", "token", "key", "pin", "totp", "uuid", "credential")
"""A setting with one of these in its name keeps its value to itself."""

_NOT_TOLD = "(not told)"


def run(options: argparse.Namespace) -> int:
    """Collect it and write it; status 1 if it cannot be written. What cannot be collected is told in its place."""
    with told_plainly():
        settings = settings_of(options)
    file: Path = options.output or Path(f"kiosk-support-{time.strftime('%Y%m%d-%H%M%S')}.tar.gz")
    try:
        write(file, collect(settings))
    except OSError as error:
        print_line(f"kiosk: {file} cannot be written: {error.strerror}.", to_staff=True)
        return 1
    print_line(f"Written to {file}. It holds no names, PINs, codes or passwords; look into it before you send it.")
    return 0


def collect(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Each part by the name of its file."""
    yield "versions.json", _part(lambda: _json(versions()))
    yield "settings.json", _part(lambda: _json(redacted(settings.model_dump(mode="json"))))
    yield "doctor.json", _part(lambda: _json(_findings(settings)))
    yield "status.json", _part(lambda: _status(settings.state.folder))
    look = _glass(settings.state.folder)
    if look is not None:
        yield "glass.png", look
    yield "log.txt", _part(lambda: _log(settings.state.folder))


def write(file: Path, parts: Iterator[tuple[str, bytes]]) -> None:
    """Pack them into one file, which its owner alone may read. Raises OSError."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as packed, tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in parts:
            entry = tarfile.TarInfo(f"kiosk-support/{name}")
            entry.size, entry.mode, entry.mtime = len(content), 0o600, time.time()
            archive.addfile(entry, io.BytesIO(content))


def redacted(settings: Mapping[str, object]) -> dict[str, object]:
    """The settings without what is secret, and addresses without what stands before the @ in them."""
    return {name: _redacted(name, value) for name, value in settings.items()}


def versions() -> dict[str, object]:
    """What runs here: the device, its system, and every package."""
    system = platform.freedesktop_os_release() if Path("/etc/os-release").exists() else {}
    model = Path("/proc/device-tree/model")
    return {
        "kiosk": __version__,
        "device": model.read_text().rstrip("\0") if model.exists() else platform.machine(),
        "system": system.get("PRETTY_NAME", platform.system()),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "packages": {one.name: one.version for one in sorted(metadata.distributions(), key=lambda one: one.name)},
    }


def _redacted(name: str, value: object) -> object:
    if isinstance(value, dict):
        return redacted(value)
    if value and not isinstance(value, (bool, int, float)) and any(word in name.lower() for word in _SECRET):
        return _NOT_TOLD
    if isinstance(value, str) and "://" in value and "@" in value:
        scheme, _, rest = value.partition("://")
        return f"{scheme}://{_NOT_TOLD}@{rest.rpartition('@')[2]}"
    return value


def _part(collected: Callable[[], bytes]) -> bytes:
    """A part, or why there is none: a broken kiosk is what the bundle is for."""
    try:
        return collected()
    except Exception as error:
        return f"This part could not be had: {traces(error)}\n".encode()


def _findings(settings: Settings) -> list[dict[str, str]]:
    return [
        {"subject": one.subject, "about": one.about, "verdict": one.verdict, "said": one.said, "cure": one.cure}
        for one in asyncio.run(examine(settings))
    ]


def _status(folder: Path) -> bytes:
    try:
        answer = ask(folder, AskStatus())
    except NobodyThere:
        return b"No kiosk runs on this state.\n"
    except NoAnswerGiven as error:
        return f"{error}\n".encode()
    return answer.model_dump_json(indent=1).encode()


def _glass(folder: Path) -> bytes | None:
    try:
        answer = ask(folder, LookAtGlass())
        return as_png(unpacked(answer.glass)) if answer.done else None
    except (NobodyThere, NoAnswerGiven, NotUnderstood):
        return None


def _log(folder: Path) -> bytes:
    """The end of the journal of the kiosk's unit, else of the log beside the state."""
    own = folder / "kiosk.log"
    if own.exists():
        return own.read_bytes()[-LOG_BYTES:]
    asked = ["journalctl", "--unit=kiosk", f"--lines={LOG_LINES}", "--no-pager", "--output=short-iso"]
    try:
        told = subprocess.run(asked, capture_output=True, check=False, timeout=30)  # noqa: S603 - fixed words
    except (OSError, subprocess.TimeoutExpired):
        return b"There is no log here: neither a journal nor a file beside the state.\n"
    return told.stdout[-LOG_BYTES:]


def _json(facts: object) -> bytes:
    return json.dumps(facts, indent=1, ensure_ascii=False).encode()
