"""What several rooms' tests share."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kiosk.i18n.speech import LOCALES

# One run is like the next: hypothesis draws the same examples each time and keeps none, and takes no offence at a slow
# one, since the machine that runs the tests may be busy with something else.
settings.register_profile(
    "kiosk",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kiosk")


class Disk:
    """The disk under the state, which can be told to be full.

    Only what the databases and the key file write is refused, so that the rest of the test can go on using the disk.
    """

    STEPS = ("write", "flush")
    """The steps of a durable write, each of which a real disk can refuse."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._refused: str | None = None
        self.frames = 0
        self._real = {call: getattr(os, call) for call in ("pwrite", "fdatasync", "fsync")}
        monkeypatch.setattr(os, "pwrite", self._pwrite)
        monkeypatch.setattr(os, "fdatasync", lambda file: self._flush("fdatasync", file))
        monkeypatch.setattr(os, "fsync", lambda file: self._flush("fsync", file))

    def fill(self, step: str = "flush") -> None:
        """From now on every write fails at this step."""
        self._refused = step

    def clear(self) -> None:
        """There is room again."""
        self._refused = None

    def _pwrite(self, file: int, data: bytes, offset: int) -> int:
        self._refuse("write")
        if any(data[:64]) and "/journal." in os.readlink(f"/proc/self/fd/{file}"):
            self.frames += 1
        written: int = self._real["pwrite"](file, data, offset)
        return written

    def _flush(self, call: str, file: int) -> None:
        self._refuse("flush")
        self._real[call](file)

    def _refuse(self, step: str) -> None:
        if self._refused == step:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk, with room on it until the test says otherwise."""
    return Disk(monkeypatch)


def pytest_configure() -> None:
    """Compile the catalogues of the languages where their texts are newer, as a build does."""
    texts = LOCALES.glob("*/LC_MESSAGES/kiosk.po")
    if any(_changed(text) > _changed(text.with_suffix(".mo")) for text in texts):
        from kiosk.i18n.catalogues import compile_all

        compile_all()


def _changed(file: Path) -> int:
    return file.stat().st_mtime_ns if file.exists() else 0


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much is done of what could go on for ever."""
    group = parser.getgroup("state", "the kiosk's state")
    group.addoption("--power-cuts", type=int, default=8_000, help="how many cuts at least, over all variants")
    group.addoption("--power-cuts-from", type=int, default=0, help="the seed of the first history of each variant")
    group.addoption(
        "--model-examples", type=int, default=40, help="how many lives of a store are compared with plain dicts"
    )
    group.addoption(
        "--all-faults", action="store_true", help="make every call of a store's process fail, in every way, sealed too"
    )
    parser.getgroup("sync", "the kiosk's courier").addoption(
        "--long", action="store_true", help="let the courier, the decoders and people do as much as it takes"
    )
