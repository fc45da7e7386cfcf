"""A TinyDB storage that never overwrites in place.

TinyDB's own JSONStorage writes the new bytes over the old ones, so a power cut in between leaves neither. Here a write
makes a new file beside the old one, flushes it, renames it over the old name and flushes the folder: after a cut there
is the old state or the new one.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeGuard

from tinydb import Storage

from kiosk.state.errors import StateDamaged, StateNotWritten

Tables = dict[str, dict[str, Any]]


class AtomicStorage(Storage):
    """One JSON file, replaced whole by each write; a transaction makes several table operations one write.

    The parsed content is kept in memory, so reads touch no disk. Not for two threads at once: the store that owns it
    holds a lock.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._new = path.with_name(path.name + ".new")
        self._open_transactions = 0
        self._dirty = False
        self._written: bytes | None = None
        # A file of this name is a write that a power cut interrupted: the old state stands.
        self._new.unlink(missing_ok=True)
        self._tables = self._load()

    def read(self) -> Tables | None:
        """All tables, or None for a new file. Callers change what they get; `write` makes it durable."""
        return self._tables

    def write(self, data: Tables) -> None:
        """Make `data` the content, at once or at the end of the transaction. Raises StateNotWritten."""
        self._tables = data
        self._dirty = True
        if not self._open_transactions:
            self._flush()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside are one write at the end. An exception inside, or a refused write, leaves everything as it
        was."""
        self._open_transactions += 1
        try:
            yield
        except BaseException:
            self._forget()
            raise
        finally:
            self._open_transactions -= 1
        if self._dirty and not self._open_transactions:
            self._flush()

    def _forget(self) -> None:
        """Back to what was last written; from memory, since a disk that refuses to write may refuse to read as well."""
        self._dirty = False
        self._tables = None if self._written is None else json.loads(self._written)

    def _load(self) -> Tables | None:
        try:
            raw = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StateDamaged(f"{self._path} cannot be read: {error.strerror}. Check the disk.") from error
        try:
            tables = json.loads(raw)
        except ValueError as error:
            raise StateDamaged(
                f"{self._path} is damaged ({error}). Move it away; the kiosk then starts without it."
            ) from error
        if not _is_tables(tables):
            raise StateDamaged(f"{self._path} holds no tables. Move it away; the kiosk then starts without it.")
        self._written = raw
        return tables

    def _flush(self) -> None:
        try:
            data = json.dumps(self._tables, ensure_ascii=False, separators=(",", ":")).encode()
        except (TypeError, ValueError) as error:
            self._forget()
            raise StateNotWritten(f"{self._path} cannot hold what was to be written: {error}.") from error
        try:
            replace_file(self._path, data)
        except OSError as error:
            self._forget()
            self._put_back()
            raise StateNotWritten(
                f"{self._path} cannot be written: {error.strerror}. Check that the disk is not full."
            ) from error
        self._written = data
        self._dirty = False

    def _put_back(self) -> None:
        """Undo a rename that was done before the disk refused, as far as it lets us: what was refused must not be there
        after a restart."""
        with contextlib.suppress(OSError):
            if self._written is None:
                self._path.unlink(missing_ok=True)
            elif self._path.read_bytes() != self._written:
                replace_file(self._path, self._written)


def _is_tables(content: object) -> TypeGuard[Tables]:
    """Whether this is what TinyDB keeps: tables of documents by number."""
    return isinstance(content, dict) and all(
        isinstance(table, dict) and all(isinstance(document, dict) for document in table.values())
        for table in content.values()
    )


def replace_file(path: Path, data: bytes) -> None:
    """Make `path` hold `data`, whole or not at all, and durable on return; readable by its owner alone. Raises
    OSError."""
    new = path.with_name(path.name + ".new")
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise
