"""Makes a look at the glass small enough for the socket, and reads it again: it comes from another process."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from kiosk.control.protocol import NotUnderstood
from kiosk.desk.glass import Glimpse, Run
from kiosk.text import Sentence

MOST = 4 * 1024 * 1024
"""Bytes of an unpacked look; a glass of 80x24 cells takes a hundredth of it."""

_Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
_Row = list[tuple[Annotated[str, Field(max_length=500)], _Colour, _Colour, bool]]
_LOOK: TypeAdapter[tuple[str, int, list[_Row], list[str]]] = TypeAdapter(
    tuple[
        Annotated[str, Field(pattern=r"^\w{1,80}$")],
        Annotated[int, Field(ge=0, le=500)],
        Annotated[list[_Row], Field(max_length=300)],
        Annotated[list[Sentence], Field(max_length=300)],
    ]
)


def packed(look: Glimpse) -> str:
    """The look as text of a few kilobytes."""
    rows = [[(run.text, run.ink, run.paper, run.bold) for run in row] for row in look.rows]
    return base64.b64encode(
        zlib.compress(_LOOK.dump_json((look.screen, look.columns, rows, list(look.words))), 9)
    ).decode()


def unpacked(text: str) -> Glimpse:
    """Read it again. Raises NotUnderstood."""
    try:
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(base64.b64decode(text, validate=True), MOST)
        screen, columns, rows, words = _LOOK.validate_json(data)
    except (ValidationError, zlib.error, binascii.Error, ValueError):
        raise NotUnderstood("it is no look at a glass") from None
    return Glimpse(screen, columns, tuple(tuple(Run(*run) for run in row) for row in rows), tuple(words))
