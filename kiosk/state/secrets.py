"""PINs and codes as keyed hashes. The state holds no PIN that anybody could read."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from kiosk.state.errors import StateDamaged, StateNotWritten
from kiosk.state.storage import replace_file

_KEY_BYTES = 32


class CodeHasher:
    """HMAC-SHA256 under this device's key: the same work for every code, known or not.

    A PIN of five digits has 100,000 values, so any hash without a secret is read in a second; the key is what protects
    it, and it is kept apart from the state.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __call__(self, code: str) -> str:
        """The hash of a PIN, invitation code or GUID. Letters are folded, since people type codes in either case."""
        return hmac.new(self._key, code.casefold().encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


def load_key(path: Path) -> bytes:
    """Read this device's key, making it on the first start (mode 0600).

    Raises StateDamaged if the file is not a key, StateNotWritten if it cannot be made.
    """
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return _make_key(path)
    except OSError as error:
        raise StateDamaged(
            f"The key file {path} cannot be read: {error.strerror}. Let the kiosk's user read it."
        ) from error
    if len(key) != _KEY_BYTES:
        raise StateDamaged(
            f"The key file {path} is damaged. Remove it, then run 'kiosk setup' to read the directory anew."
        )
    return key


def _make_key(path: Path) -> bytes:
    key = secrets.token_bytes(_KEY_BYTES)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(path, key)
    except OSError as error:
        raise StateNotWritten(
            f"The key file {path} cannot be made: {os.strerror(error.errno or 0)}. Name another with "
            f"KIOSK_STATE__KEY_FILE."
        ) from error
    return key
