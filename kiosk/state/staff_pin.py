"""The staff PIN, as it is kept: a slow hash under a salt and this device's key.

A PIN of a few digits is found by trying all of them. So it is hashed with scrypt (RFC 7914), which takes 16 MB and a
tenth of a second for each try, and first with a key that lies outside the state: who steals the state alone cannot try
at all.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

_COST, _BLOCK, _LANES = 2**14, 8, 1
_SALT_BYTES = 16
_BYTES = 32


class PinHasher:
    """Makes and compares hashes of the staff PIN.

    Args:
        key: A key of this device for this purpose alone.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def make(self, pin: str) -> dict[str, Any]:
        """What is kept of a PIN."""
        salt = secrets.token_bytes(_SALT_BYTES)
        return {"salt": salt.hex(), "cost": _COST, "hash": self._hash(pin, salt, _COST).hex()}

    def fits(self, pin: str, kept: Mapping[str, Any]) -> bool:
        """Whether this is the PIN of which that was kept; never for what makes no sense."""
        try:
            salt, cost, expected = bytes.fromhex(kept["salt"]), int(kept["cost"]), bytes.fromhex(kept["hash"])
            return hmac.compare_digest(self._hash(pin, salt, cost), expected)
        except (KeyError, TypeError, ValueError):
            return False

    def _hash(self, pin: str, salt: bytes, cost: int) -> bytes:
        peppered = hmac.digest(self._key, pin.encode(errors="surrogatepass"), "sha256")
        room = 128 * _BLOCK * (cost + _LANES + 2)  # what scrypt needs, in bytes; the library allows less by default
        return hashlib.scrypt(peppered, salt=salt, n=cost, r=_BLOCK, p=_LANES, maxmem=room, dklen=_BYTES)
