"""Badges on their way from one kiosk to another, in a file that only a passphrase opens.

scrypt (RFC 7914, N = 2^15, r = 8, p = 1: a tenth of a second and 32 MiB a guess) makes the key, AES-256-GCM seals. What
makes the key is authenticated with it, so no cheaper way can be written into a file.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kiosk.desk.badges import EnrolledBadge
from kiosk.state.badges import clear_part, to_badge
from kiosk.state.errors import WrongTransfer

LEAST_PASSPHRASE = 12
"""Characters."""

LARGEST_FILE = 16 * 1024 * 1024
_N, _R, _P = 2**15, 8, 1
_MEMORY = 64 * 1024 * 1024


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    kiosk_badges: Literal[1]
    salt: Annotated[Base64Bytes, Field(min_length=16, max_length=16)]
    nonce: Annotated[Base64Bytes, Field(min_length=12, max_length=12)]
    sealed: Base64Bytes


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    handle: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    member: int
    tier: Literal["static", "rolling"]
    calibration: Annotated[int, Field(ge=-100, le=-10)] | None
    made: str
    revoked: str | None
    slot: int
    drift: int
    secret: Annotated[str, Field(pattern=r"^([0-9a-f]{2}){1,256}$")]


_ROWS = TypeAdapter(list[_Row])


def pack(badges: Sequence[EnrolledBadge], passphrase: str) -> bytes:
    """The file of these badges."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    rows = [{**clear_part(badge), "secret": badge.secret.hex()} for badge in badges]
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, json.dumps(rows).encode(), _about(salt))
    parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
    return json.dumps({"kiosk_badges": 1, **{name: _text(part) for name, part in parts.items()}}).encode() + b"\n"


def unpack(data: bytes, passphrase: str) -> list[EnrolledBadge]:
    """The badges of a file. Raises WrongTransfer."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        file = _File.model_validate_json(data)
    except ValidationError:
        raise WrongTransfer("This is no file that 'kiosk badges export' has written.") from None
    try:
        clear = AESGCM(_key(passphrase, file.salt)).decrypt(file.nonce, file.sealed, _about(file.salt))
    except InvalidTag:
        raise WrongTransfer("The passphrase is another, or the file was changed. Nothing was taken over.") from None
    try:
        rows = _ROWS.validate_json(clear)
        return [to_badge(row.model_dump(), bytes.fromhex(row.secret)) for row in rows]
    except ValueError:
        raise WrongTransfer("The file was written by another version of the kiosk. Nothing was taken over.") from None


def _key(passphrase: str, salt: bytes) -> bytes:
    # What a terminal could not decode is a passphrase as well.
    secret = passphrase.encode(errors="surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY, dklen=32)


def _about(salt: bytes) -> bytes:
    return b"kiosk badges 1 scrypt %d %d %d " % (_N, _R, _P) + salt


def _text(part: bytes) -> str:
    return base64.b64encode(part).decode()
