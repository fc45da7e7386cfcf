"""The settings of the device itself: its display by night."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator


class DeviceSettings(BaseModel):
    """What the device does by itself, where the kiosk runs as a system service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dim_from: time = time(22)
    """From when on the display is dimmed, by the location's clock; a touch makes it bright for a minute. The same as
    `dim_until`: never."""
    dim_until: time = time(6)
    """Until when it is."""
    dim_percent: Annotated[int, Field(ge=1, le=100)] = 15
    """How bright the display is then, of 100."""

    @field_validator("dim_from", "dim_until")
    @classmethod
    def _of_the_locations_clock(cls, value: time) -> time:
        if value.tzinfo is not None:
            raise ValueError("a time of day by the location's clock has no zone of its own")
        return value
