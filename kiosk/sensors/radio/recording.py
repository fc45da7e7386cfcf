"""Recordings of packets: one JSON object a line, to be replayed in place of an adapter.

    {"time": 0.0, "address": "C0:FF:EE:00:00:01", "rssi": -45, "makers": {"76": "0215..."}}
    {"time": 0.1, "address": "C0:FF:EE:00:00:02", "rssi": -60, "services": {"0000feaa-...": "00ee..."}}

`time` is in seconds and does not go back; `rssi` in dBm; `makers` has manufacturer data by company number, and
`services` service data by 128-bit UUID, both in hexadecimal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_serializer, field_validator

from kiosk.sensors.radio.errors import RecordingUnusable
from kiosk.sensors.radio.packets import FAINTEST, LOUDEST, MOST_BYTES, MOST_FIELDS, Sighting

MOST_LINES = 1_000_000
MOST_CHARACTERS = 16 * 1024
"""Of one line: as many fields as a packet may have, and as long as they may be, have room."""

_Uuid = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]
_Company = Annotated[int, Field(ge=0, le=0xFFFF)]


class Packet(BaseModel):
    """One packet of a recording.

    Attributes:
        time: Seconds since its beginning.
        address: Of the sender; not shown by `repr`.
        rssi: How loud it was, in dBm.
        makers: Manufacturer data by company number.
        services: Service data by 128-bit UUID.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    time: Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)]
    address: Annotated[str, Field(pattern=r"^[0-9A-F]{2}(:[0-9A-F]{2}){5}$", repr=False)]
    rssi: Annotated[int, Field(ge=FAINTEST, le=LOUDEST)]
    makers: Annotated[dict[_Company, bytes], Field(max_length=MOST_FIELDS, repr=False)] = {}
    services: Annotated[dict[_Uuid, bytes], Field(max_length=MOST_FIELDS, repr=False)] = {}

    @field_validator("makers", "services", mode="before")
    @classmethod
    def _from_hexadecimal(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {name: _bytes_of(data) for name, data in value.items()}

    @field_serializer("makers", "services", when_used="json")
    def _to_hexadecimal(self, value: dict[object, bytes]) -> dict[object, str]:
        return {name: data.hex() for name, data in value.items()}

    def sighting(self) -> Sighting:
        """As BlueZ would tell of it."""
        return Sighting(self.address, self.rssi, self.makers, self.services)


def packet_to_line(packet: Packet) -> str:
    """A packet as a line of a recording, its end included."""
    return packet.model_dump_json(exclude_defaults=True) + "\n"


def read_recording(path: Path) -> list[Packet]:
    """Read a recording. Waits for the disk.

    Raises:
        RecordingUnusable: It cannot be read, holds nothing, or a line of it is no packet; the text names the line.
    """
    try:
        with path.open(encoding="utf-8") as file:
            packets = list(packets_in(file, str(path)))
    except OSError as error:
        raise RecordingUnusable(f"The recording {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RecordingUnusable(f"The recording {path} is no text in UTF-8") from error
    if not packets:
        raise RecordingUnusable(f"The recording {path} holds no packet")
    return packets


def packets_in(lines: Iterable[str], name: str) -> Iterator[Packet]:
    """The packets of a recording; empty lines are passed over. Raises RecordingUnusable."""
    last = 0.0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{name}, line {number}"
        if number > MOST_LINES or len(line) > MOST_CHARACTERS:
            raise RecordingUnusable(f"{place}: it is too long")
        try:
            packet = Packet.model_validate_json(line)
        except ValidationError as error:
            raise RecordingUnusable(f"{place}: {_explained(error)}") from None
        except RecursionError:
            raise RecordingUnusable(f"{place}: it is no packet") from None
        if packet.time < last:
            raise RecordingUnusable(f"{place}: time goes back from {last} to {packet.time}")
        last = packet.time
        yield packet


def _explained(error: ValidationError) -> str:
    fault = error.errors(include_input=False, include_url=False)[0]
    field = str(fault["loc"][0]) if fault["loc"] else ""
    said = fault["msg"].removeprefix("Value error, ")
    said = said[:1].lower() + said[1:]
    return f"{field}: {said}" if field else said


def _bytes_of(data: object) -> bytes:
    if not isinstance(data, str) or len(data) > 2 * MOST_BYTES:
        raise ValueError(f"give at most {MOST_BYTES} bytes as hexadecimal digits")
    try:
        return bytes.fromhex(data)
    except ValueError:
        raise ValueError("these are no hexadecimal digits") from None
