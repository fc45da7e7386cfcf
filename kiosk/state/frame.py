"""A frame: one transaction as it stands in a journal.

```
offset  0  u32  CRC-32 of everything behind it, header and payload
        4  u8   form of the payload: "J" JSON, "S" sealed JSON
        8  u32  length of the payload in bytes
       12  u64  generation of the journal that it belongs to
       20  u64  sequence number: one more than the frame before, over all journals
       28       payload, then zeros up to a whole page
```

Little-endian. The generation keeps a frame of a former life of the same file from passing for one of this life. A
page is what a card programs at once: a frame that shares none with another cannot be spoilt by the writing of another.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.state.errors import StateSealed
from kiosk.state.sealing import NO_KEY, Broken, Sealer

PAGE = 4096
_HEADER = struct.Struct("<IBxxxIQQ")
_CLEAR, _SEALED = ord("J"), ord("S")


@dataclass(frozen=True, slots=True)
class Frame:
    """One transaction read back."""

    sequence: int
    payload: bytes


def encode(generation: int, sequence: int, payload: bytes, sealer: Sealer | None) -> bytes:
    """The bytes of a frame, whole pages."""
    form = _CLEAR
    if sealer is not None:
        form, payload = _SEALED, sealer.seal(payload, _about(generation, sequence))
    tail = _HEADER.pack(0, form, len(payload), generation, sequence)[4:]
    crc = zlib.crc32(payload, zlib.crc32(tail))
    return b"".join((crc.to_bytes(4, "little"), tail, payload, bytes(-(_HEADER.size + len(payload)) % PAGE)))


@dataclass(frozen=True, slots=True)
class Frames:
    """What a journal holds.

    Attributes:
        frames: The valid ones, in order.
        pages: How many pages they take.
        gap: Whether something between them cannot be read. Behind the last of them anything may stand: a frame that
            was being written when the power failed was never acknowledged.
    """

    frames: tuple[Frame, ...]
    pages: int
    gap: bool


def decode(raw: bytes, generation: int, sealer: Sealer | None) -> Frames:
    """Read a journal. Raises StateSealed if it is sealed with a key that is not at hand."""
    found: list[Frame] = []
    pages = 0
    gap = False
    for offset, frame, length in _valid(raw, generation, sealer):
        gap = gap or offset != pages * PAGE or (bool(found) and frame.sequence != found[-1].sequence + 1)
        found.append(frame)
        pages = (offset + length) // PAGE
    return Frames(tuple(found), pages, gap)


def _valid(raw: bytes, generation: int, sealer: Sealer | None) -> Iterator[tuple[int, Frame, int]]:
    """Every valid frame of this generation, looked for at every page: what lies behind a page that went bad is kept."""
    offset = 0
    while offset + _HEADER.size <= len(raw):
        frame, length = _frame_at(raw, offset, generation, sealer)
        if frame is not None:
            yield offset, frame, length
        offset += length


def _frame_at(raw: bytes, offset: int, generation: int, sealer: Sealer | None) -> tuple[Frame | None, int]:
    crc, form, size, of_generation, sequence = _HEADER.unpack_from(raw, offset)
    end = offset + _HEADER.size + size
    if of_generation != generation or end > len(raw) or form not in (_CLEAR, _SEALED):
        return None, PAGE
    if zlib.crc32(memoryview(raw)[offset + 4 : end]) != crc:
        return None, PAGE
    payload = raw[offset + _HEADER.size : end]
    if form == _SEALED:
        if sealer is None:
            raise StateSealed(NO_KEY)
        try:
            payload = sealer.open(payload, _about(generation, sequence))
        except Broken:
            return None, PAGE
    return Frame(sequence, payload), -(-(_HEADER.size + size) // PAGE) * PAGE


def _about(generation: int, sequence: int) -> bytes:
    """What a sealed frame is tied to: moved to another place it does not open."""
    return struct.pack("<QQ", generation, sequence)
