"""What can be set of the sounds of a kiosk, and of its screen while nobody is there."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kiosk.desk.hours import read_hours


def _checked(text: str) -> str:
    read_hours(text)
    return text


HoursOfDay = Annotated[str, AfterValidator(_checked)]
"""Hours such as "22:00-07:00", by the location's clock; empty for none."""


class SoundSettings(BaseModel):
    """What is heard."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    volume: Annotated[int, Field(ge=0, le=100)] = 50
    """How loud the kiosk's short sounds are, from 0 (none at all) to 100; played where the system has audio (pw-play,
    paplay or aplay)."""
    quiet: HoursOfDay = ""
    """Hours without sounds, such as "20:00-07:00", by the location's clock."""


class AttractSettings(BaseModel):
    """What the screen shows while nobody is there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after_seconds: Annotated[float, Field(ge=0, le=86_400)] = 180.0
    """Without a touch on home for so long, a calm screen with a large clock comes; a touch, key, code or badge ends
    it. 0: never."""
    dim: HoursOfDay = "20:00-07:00"
    """Hours in which that screen is dark, by the location's clock; empty for none."""
