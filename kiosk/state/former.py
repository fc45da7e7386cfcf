"""A state from before the journalled databases: one JSON file each, read once and taken over."""

from __future__ import annotations

import json
from pathlib import Path

from kiosk.state.database import Database
from kiosk.state.errors import StateDamaged

EVENTS, PEOPLE = "events.json", "directory.json"


def take_over(folder: Path, precious: Database) -> None:
    """Move what a former version kept in this folder into a database that is still empty.

    The old files go only after that is durable. The list of people is not taken over: it is soon read again.

    Raises:
        StateDamaged: The old file cannot be read. It is left as it is.
        StateNotWritten: The disk refuses. The old file is left as it is.
    """
    try:
        old = folder / EVENTS
        if old.exists():
            if not precious.tables():
                precious.storage.write(json.loads(old.read_bytes()))
            old.unlink()
        (folder / PEOPLE).unlink(missing_ok=True)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise StateDamaged(
            f"{folder / EVENTS} of an earlier version cannot be read ({type(error).__name__}). Move it away; the kiosk "
            f"then starts without it."
        ) from error
