"""The state that is measured: the kiosk's own ledger and directory over a disk that is watched."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from kiosk.state.database import open_database
from kiosk.state.directory import DirectoryStore
from kiosk.state.disk import Disk
from kiosk.state.ledger import STAYS, Ledger
from kiosk.state.secrets import CodeHasher

_KEY = b"a key for measuring only, 32 byte"


@dataclass(frozen=True, slots=True)
class State:
    """What a desk stands on."""

    ledger: Ledger
    directory: DirectoryStore


@contextlib.contextmanager
def opened(folder: Path, disk: Disk) -> Iterator[State]:
    """The state in a folder. Raises StateError."""
    with open_database(folder / "precious", disk) as precious, open_database(folder / "directory", disk) as directory:
        precious.table(STAYS).index("person")  # looked for at each check-in
        yield State(Ledger(cast("Any", precious)), DirectoryStore(cast("Any", directory), CodeHasher(_KEY)))
