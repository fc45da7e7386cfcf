"""The state that is measured: the kiosk's own ledger and directory over a disk that is watched."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.state.directory import DirectoryStore
from kiosk.state.disk import Disk
from kiosk.state.ledger import Ledger
from kiosk.state.secrets import CodeHasher
from kiosk.state.store import Store

_KEY = b"a key for measuring only, 32 byte"


@dataclass(frozen=True, slots=True)
class State:
    """What a desk stands on."""

    ledger: Ledger
    directory: DirectoryStore


@contextlib.contextmanager
def opened(folder: Path, disk: Disk) -> Iterator[State]:
    """The state in a folder. Raises StateError."""
    with Store(folder, disk=disk) as store:
        yield State(Ledger(store.precious), DirectoryStore(store.directory, CodeHasher(_KEY)))
