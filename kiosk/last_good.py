"""A settings file that cannot be used must not close a kiosk that worked: it goes on with what was good before.

The copy is made once a kiosk has shown its home screen with the settings, so a change that somebody pushed to a fleet
by mistake is refused while the kiosk runs, and also after a power cut.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from kiosk.atomic_file import replace_file
from kiosk.settings import Settings, SettingsError, default_file, load_settings, state_home

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The settings that a kiosk runs on.

    Attributes:
        settings: They themselves.
        file: Where they should have come from; None where there is no file.
        refused: Why that file was refused and the last good copy taken; empty if it was not.
    """

    settings: Settings
    file: Path | None
    refused: str = ""


def copy_file() -> Path:
    """Where the last good settings are kept: beside the state folder that is the default, not in it, since the state
    folder is itself a setting."""
    return state_home() / "settings.toml"


def choose_settings(named: Path | None) -> Chosen:
    """Read the settings; if the device's own file is refused, those that were good the last time.

    A file that somebody named is meant, and is never replaced by another.

    Raises:
        SettingsError: They cannot be used, and there are none from before.
    """
    file = named or default_file()
    try:
        return Chosen(load_settings(named), file)
    except SettingsError as error:
        if named is not None or not copy_file().is_file():
            raise
        return Chosen(load_settings(copy_file()), file, str(error))


def keep(file: Path | None) -> None:
    """Remember a file, or that there was none, as the last that was good. Waits for the disk. A copy that cannot be
    made is logged, and missed by nobody until a file is refused."""
    try:
        content = file.read_bytes() if file is not None else b""
        copy = copy_file()
        if copy.is_file() and copy.read_bytes() == content:
            return
        copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(copy, content)
    except OSError as error:
        logger.warning("the good settings could not be kept: %s", error.strerror)


def notice_of(chosen: Chosen) -> str:
    """What staff are told of a file that was refused; empty if none was."""
    return f"The settings file is refused; the last good ones are in use. {chosen.refused}" if chosen.refused else ""
