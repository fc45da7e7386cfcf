"""What is at rest, in the clear or sealed: authenticated encryption of whole frames and snapshots.

ChaCha20-Poly1305 (RFC 8439): as quick as the disk on a Raspberry Pi 4, whose processor has no AES instructions. Each
sealed text has a nonce of its own, drawn at random; a store makes far fewer than the 2^32 of them that one key allows.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.state.errors import StateSealed

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_MARK_BYTES, _NONCE_BYTES = 8, 12


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
            raise StateSealed("The state is sealed with another key. Put that key back where it was (state.key_file).")
        try:
            return self._cipher.decrypt(nonce, sealed[_MARK_BYTES + _NONCE_BYTES :], about)
        except InvalidTag as error:
            raise Broken("changed since it was sealed") from error
