"""What several rooms' tests share."""

from __future__ import annotations

import errno
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

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

    Only files that are replaced by writing `<name>.new` beside them are refused, so that the rest of the test can go on
    using the disk.
    """

    STEPS = ("open", "fsync", "rename", "fsync of the folder")
    """The steps of a write, each of which a real disk can refuse."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._refused: str | None = None
        self.renames = 0
        self._real_open, self._real_fsync, self._real_replace = os.open, os.fsync, os.replace
        monkeypatch.setattr(os, "open", self._open)
        monkeypatch.setattr(os, "fsync", self._fsync)
        monkeypatch.setattr(os, "replace", self._replace)

    def fill(self, step: str = "fsync") -> None:
        """From now on every write fails at this step."""
        self._refused = step

    def clear(self) -> None:
        """There is room again."""
        self._refused = None

    def _open(self, path: Any, *args: Any, **kwargs: Any) -> int:
        if str(path).endswith(".new"):
            self._refuse("open")
        return self._real_open(path, *args, **kwargs)

    def _fsync(self, descriptor: int) -> None:
        is_folder = os.path.isdir(f"/proc/self/fd/{descriptor}")
        self._refuse("fsync of the folder" if is_folder else "fsync")
        self._real_fsync(descriptor)

    def _replace(self, source: Any, target: Any, **kwargs: Any) -> None:
        self._refuse("rename")
        self._real_replace(source, target, **kwargs)
        self.renames += 1

    def _refuse(self, step: str) -> None:
        if self._refused == step:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk, with room on it until the test says otherwise."""
    return Disk(monkeypatch)
