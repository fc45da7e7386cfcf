"""The location's logo as it was last read: a file of its own, since it is a picture and nobody's secret."""

from __future__ import annotations

from pathlib import Path

from kiosk.atomic_file import replace_file
from kiosk.desk.logo import LARGEST_LOGO
from kiosk.state.errors import StateNotWritten

NAME = "logo"
"""Of the file in the state folder. What kind of picture it is, its first bytes say."""


class LogoFile:
    """Fulfils the desk's `LogoKeeper`, and is read by whoever draws it.

    Args:
        folder: The state folder.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def read(self) -> bytes | None:
        """The picture, or None: there is none, or it cannot be read, and a kiosk without a logo is a whole one."""
        try:
            with self._path.open("rb") as file:
                data = file.read(LARGEST_LOGO + 1)
        except OSError:
            return None
        return data if 0 < len(data) <= LARGEST_LOGO else None

    def keep(self, picture: bytes | None) -> bool:
        """Write it, unless it is the same as before. Raises StateNotWritten."""
        if picture == self.read():
            return False
        try:
            if picture is None:
                self._path.unlink(missing_ok=True)
            else:
                replace_file(self._path, picture)
        except OSError as error:
            raise StateNotWritten(f"The logo cannot be kept: {error.strerror}.") from error
        return True
