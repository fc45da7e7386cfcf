"""The settings of badges that are held near, and of phones with the Passport app."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kiosk.desk.badges import DEFAULT_CALIBRATION, HandsFree, PlaceKind

# No longer than fits into a QR code that a phone reads off the smallest glass.
TileAddress = Annotated[str, Field(pattern=r"^$|^https://[!-~]{1,98}$")]


class BadgeSettings(BaseModel):
    """Members' badges: how Nexudus names them, and how they are asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: PlaceKind = PlaceKind.CUSTOM_FIELD
    """Where staff enter the handle of a badge at its member in Nexudus: "custom-field", "key-fob" (`KeyFobNumber`) or
    "access-card" (`AccessCardId`), several with commas between; or "none"."""
    custom_field: Annotated[str, Field(min_length=1, max_length=120)] = "Kiosk badge"
    """The name of that custom field."""
    calibration: Annotated[int, Field(ge=-80, le=-20)] = DEFAULT_CALIBRATION
    """How loud a badge is taken to be at the mark, in dBm, while nobody has held it there: lower asks sooner."""
    hands_free: HandsFree = HandsFree.OFF
    """"on" lets a rolling badge that is held long enough check its member in without a touch; "off" always asks."""
    prompt_seconds: Annotated[float, Field(ge=3, le=60)] = 8.0
    """How long somebody whose badge is held near is asked whether they check in."""


class PassportSettings(BaseModel):
    """The location's automation tiles, as QR codes on the glass."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    check_in_url: TileAddress = ""
    """The address behind the QR code of the tile that checks a member in; empty where there is none."""
    check_out_url: TileAddress = ""
    """The same of the tile that checks a member out."""
    watch_seconds: Annotated[float, Field(ge=5, le=300)] = 40.0
    """How long the kiosk looks for whom Nexudus has checked in meanwhile, so as to greet them."""
