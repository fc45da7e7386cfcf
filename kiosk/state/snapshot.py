"""A snapshot: all tables at one moment, as plain JSON that any TinyDB opens, or the same sealed.

The first 128 bytes are a head that says what the rest must be: `{"_journal": {"1": {format, generation, sequence,
crc, bytes}}` and blanks; the CRC-32 covers generation and sequence and everything behind the head. Table `_ids`
holds the highest id ever given in each table.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from kiosk.state.errors import StateSealed, StateTooNew
from kiosk.state.sealing import NO_KEY, Broken, Sealer

Doc = dict[str, Any]
Tables = dict[str, dict[int, Doc]]

RESERVED = ("_journal", "_ids")
"""Names that no table may have: a snapshot keeps its own there."""

FORMAT = 1
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)

_HEAD_BYTES = 128
_AT_ONCE = 256  # documents between which other threads get their turn
_SEALED = struct.Struct("<8sQQ")
_MAGIC = b"KIOSKST1"


@dataclass(frozen=True, slots=True)
class Content:
    """All tables, with the sequence number of the last frame in them and the highest id ever given in each."""

    tables: Tables = field(default_factory=dict)
    last_ids: dict[str, int] = field(default_factory=dict)
    sequence: int = 0


def encode(content: Content, generation: int, sealer: Sealer | None) -> bytes:
    """The bytes of a snapshot."""
    parts = list(_body(content))
    crc, size = _seed(generation, content.sequence), 0
    for part in parts:
        crc, size = zlib.crc32(part, crc), size + len(part)
    about = {"format": FORMAT, "generation": generation, "sequence": content.sequence, "crc": crc, "bytes": size}
    head = ENCODER.encode({"_journal": {"1": about}})[:-1].encode().ljust(_HEAD_BYTES)
    clear = b"".join((head, *parts))
    if sealer is None:
        return clear
    prefix = _SEALED.pack(_MAGIC, generation, content.sequence)
    return prefix + sealer.seal(clear, prefix)


def decode(raw: bytes, generation: int, sealer: Sealer | None) -> Content:
    """Read a snapshot back. Raises Broken, StateSealed for a key that is not at hand, StateTooNew."""
    if raw.startswith(_MAGIC):
        if sealer is None:
            raise StateSealed(NO_KEY)
        raw = sealer.open(raw[_SEALED.size :], raw[: _SEALED.size])
    try:
        about = json.loads(raw[:_HEAD_BYTES] + b"}")["_journal"]["1"]
        form, size, crc = about["format"], about["bytes"], about["crc"]
        sequence = about["sequence"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Broken("no head of a snapshot") from error
    if isinstance(form, int) and form > FORMAT:
        raise StateTooNew("The state was written by a newer kiosk. Install that version again, or use another --state.")
    body = memoryview(raw)[_HEAD_BYTES:]
    if about["generation"] != generation or len(body) != size or zlib.crc32(body, _seed(generation, sequence)) != crc:
        raise Broken("not what was written")
    # The CRC vouches for the rest.
    everything = json.loads(raw)
    last_ids = everything["_ids"]["1"]
    tables = {
        name: {int(number): doc for number, doc in docs.items()}
        for name, docs in everything.items()
        if name not in RESERVED
    }
    return Content(tables, last_ids, sequence)


def _body(content: Content) -> Iterator[bytes]:
    """Everything behind the head, some documents at a time: a list of fifty thousand that is written in one go holds up
    every other thread of the process for as long."""
    yield f',"_ids":{{"1":{ENCODER.encode(content.last_ids)}}}'.encode()
    for name, docs in content.tables.items():
        yield f",{ENCODER.encode(name)}:{{".encode()
        for number, chunk in enumerate(_chunks(docs)):
            yield f"{',' if number else ''}{ENCODER.encode(chunk)[1:-1]}".encode()
        yield b"}"
    yield b"}"


def _chunks(docs: Mapping[int, Doc]) -> Iterator[Mapping[int, Doc]]:
    rest = iter(docs.items())
    while chunk := dict(islice(rest, _AT_ONCE)):
        yield chunk


def _seed(generation: int, sequence: int) -> int:
    return zlib.crc32(struct.pack("<QQ", generation, sequence))
