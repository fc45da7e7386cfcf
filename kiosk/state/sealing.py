"""What is at rest, in the clear or sealed: authenticated encryption of whole frames and snapshots.

ChaCha20-Poly1305 (RFC 8439): as quick as the disk on a Raspberry Pi 4, whose processor has no AES instructions. Each
sealed text has a nonce of its own, drawn at random; a store makes far fewer than the 2^32 of them that one key allows.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.state.errors import StateSealed
from kiosk.state.secrets import derive

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_MARK_BYTES, _NONCE_BYTES = 8, 12

_WHAT_TO_DO = (
    "Put its key back where it was (state.key_file), or move the state folder away; the kiosk then starts without what "
    "it holds."
)
NO_KEY = f"The state is sealed, and there is no key to open it. {_WHAT_TO_DO}"


class Broken(ValueError):
    """The bytes are not what was written."""


class Sealer:
    """Seals and opens with one key of 32 bytes.

    Each sealed text begins with a mark of the key, so that a wrong key is told from damage: with the one nothing may be
    touched, the other is repaired.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._mark = hmac.new(key, b"which key is this?", hashlib.sha256).digest()[:_MARK_BYTES]

    @cached_property
    def _cipher(self) -> ChaCha20Poly1305:
        # Not at the top: most kiosks seal nothing, and it takes a tenth of a second to load.
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        return ChaCha20Poly1305(self._key)

    def seal(self, clear: bytes, about: bytes) -> bytes:
        """Seal a text together with what is known of it from outside (`about`, which is not hidden)."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return self._mark + nonce + self._cipher.encrypt(nonce, clear, about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """The text. Raises StateSealed for another key's, Broken for one that was changed."""
        from cryptography.exceptions import InvalidTag

        nonce = sealed[_MARK_BYTES : _MARK_BYTES + _NONCE_BYTES]
        if len(nonce) < _NONCE_BYTES:
            raise Broken("too short to be sealed")
        if sealed[:_MARK_BYTES] != self._mark:
            raise StateSealed(f"The state is sealed with another key. {_WHAT_TO_DO}")
        try:
            return self._cipher.decrypt(nonce, sealed[_MARK_BYTES + _NONCE_BYTES :], about)
        except InvalidTag as error:
            raise Broken("changed since it was sealed") from error

    def try_open(self, sealed: bytes, about: bytes) -> bytes | None:
        """The text, or None: for what can be had anew."""
        try:
            return self.open(sealed, about)
        except (StateSealed, Broken):
            return None


@dataclass(frozen=True, slots=True)
class AtRest:
    """How this device's state lies on the disk.

    Attributes:
        opener: Opens what is sealed already; None where the device's key is not at hand.
        sealer: Seals what is written from now on; None leaves it in the clear.
    """

    opener: Sealer | None = None
    sealer: Sealer | None = None

    @classmethod
    def under(cls, key: bytes | None, *, sealed: bool) -> AtRest:
        """With the device's key: so that sealing can be switched off, it opens what is sealed in any case."""
        opener = None if key is None else Sealer(derive(key, "the state at rest"))
        return cls(opener, opener if sealed else None)


CLEAR = AtRest()
