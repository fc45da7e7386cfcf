"""The settings of Bluetooth: what is heard, and what the kiosk sends."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Number16 = Annotated[int, Field(ge=0, le=0xFFFF)]


class BluetoothSettings(BaseModel):
    """How badges are heard, and the beacon by which phones know the kiosk."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Annotated[str, Field(min_length=1)] = "auto"
    """"auto" (an adapter of this machine), "none", or a recording of packets to replay."""
    adapter: Annotated[str, Field(pattern=r"^$|^hci[0-9]{1,2}$")] = ""
    """Which adapter, such as "hci1"; empty for the first that is switched on."""
    rssi_floor: Annotated[int, Field(ge=-100, le=-40)] = -90
    """Packets that arrive fainter than this, in dBm, are left out: who stands at the kiosk is at -60 or above."""
    beacon_uuid: Annotated[str, Field(pattern=r"^$|^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")] = ""
    """The UUID of an iBeacon that the kiosk sends, for an app that looks for one; empty for none."""
    beacon_major: Number16 = 0
    """The iBeacon's major number: the same for all kiosks of a location, for instance."""
    beacon_minor: Number16 = 0
    """The iBeacon's minor number: this kiosk's own, for instance."""
    beacon_rolling: bool = False
    """Whether the minor number changes every 30 seconds instead, so that who names it has been here lately."""
