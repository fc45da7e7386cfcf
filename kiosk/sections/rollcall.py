"""The settings of the roll call. A section of the tree in `kiosk.settings`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator


class RollCallSettings(BaseModel):
    """How the roll call gets on paper."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    printer: Annotated[str, Field(max_length=200)] = ""
    """The queue of CUPS that prints it; empty for its default. "folder:PATH" writes each page as a file there."""
    folder: Path = Path()
    """Where it is saved as a text file; by default "rollcalls" in the state folder."""
    alarm: Annotated[str, Field(pattern=r"^$|^file:/.+$|^gpio:[0-9]{1,3}(:(low|high))?$")] = ""
    """What has it printed by itself: "file:PATH", a file that appears; "gpio:NUMBER", a line of the 40-pin header by
    its BCM number that an alarm connects to ground, or "gpio:NUMBER:high" one that it pulls up. Empty: nothing."""
    alarm_seconds: Annotated[float, Field(ge=0, le=60)] = 1.0
    """How long the alarm, and its end, have to last until they count: contacts bounce."""

    @field_validator("folder")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        return value.expanduser()
