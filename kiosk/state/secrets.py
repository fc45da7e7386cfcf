"""This device's key, and what is made with it: PINs and codes as keyed hashes, and keys for other purposes. The state
holds no PIN that anybody could read."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
import stat
from pathlib import Path

from kiosk.atomic_file import replace_file
from kiosk.state.errors import StateDamaged, StateNotWritten

_KEY_BYTES = 32
_LONGEST_FILE = 2 * _KEY_BYTES + 2
"""A key in hexadecimal digits, and the end of its line."""

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class CodeHasher:
    """HMAC-SHA256 under this device's key: the same work for every code, known or not.

    A PIN of five digits has 100,000 values, so any hash without a secret is read in a second; the key is what protects
    it, and it is kept apart from the state.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __call__(self, code: str) -> str:
        """The hash of a PIN, invitation code or GUID. Letters are folded, since people type codes in either case."""
        return hmac.digest(self._key, code.casefold().encode(errors="surrogatepass"), "sha256").hex()


def derive(key: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, of which neither the device's key nor that of another purpose can be told.

    HKDF-SHA256 without a salt: the device's key is random already.
    """
    return hkdf(key, b"", purpose.encode(), _KEY_BYTES)


def hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256 (RFC 5869): `length` bytes, at most 8160, out of a secret."""
    extracted = hmac.new(salt or bytes(hashlib.sha256().digest_size), key, hashlib.sha256).digest()
    block, made, count = b"", b"", 1
    while len(made) < length:
        block = hmac.new(extracted, block + info + bytes([count]), hashlib.sha256).digest()
        made, count = made + block, count + 1
    return made[:length]


def load_key(path: Path, state_folder: Path) -> bytes:
    """Read this device's key, making it on the first start (mode 0600).

    Raises:
        StateDamaged: As `present_key` does.
        StateNotWritten: It cannot be made.
    """
    key = present_key(path, state_folder)
    return _make_key(path) if key is None else key


def present_key(path: Path, state_folder: Path) -> bytes | None:
    """Read this device's key; None before the first start.

    The file holds 32 bytes, or 64 hexadecimal digits, as a systemd credential may.

    Raises:
        StateDamaged: The file is not a key, or lies where it protects nothing.
    """
    if path.resolve().is_relative_to(state_folder.resolve()):
        raise StateDamaged(
            f"The key file {path} lies in the state folder. A stolen or copied state folder would hold its own key: "
            f"name a place outside with KIOSK_STATE__KEY_FILE, and move the file there."
        )
    handed_over = _is_credential(path)
    try:
        content = _read(path, handed_over)
    except FileNotFoundError:
        if handed_over:
            raise StateDamaged(f"The credential {path} is not there. Name it in the systemd unit.") from None
        return None
    except OSError as error:
        raise StateDamaged(
            f"The key file {path} cannot be read: {error.strerror}. Let the kiosk's user read it."
        ) from error
    key = _key_in(content)
    if key is None:
        raise StateDamaged(
            f"The key file {path} is damaged: it holds neither 32 bytes nor 64 hexadecimal digits. Remove it, then run "
            f"'kiosk setup' to read the directory anew."
        )
    return key


def _is_credential(path: Path) -> bool:
    """Whether systemd hands this file over. It guards the folder itself, and shows the rights of a list of users as
    those of a group."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return bool(folder) and path.parent.resolve() == Path(folder or "").resolve()


def _read(path: Path, handed_over: bool) -> bytes:
    with path.open("rb") as file:
        if not handed_over:
            _keep_to_owner(path, file.fileno())
        return file.read(_LONGEST_FILE + 1)


def _keep_to_owner(path: Path, descriptor: int) -> None:
    """Take the rights of everybody else from the key file. Raises StateDamaged if they stay."""
    if not os.fstat(descriptor).st_mode & _OTHERS:
        return
    with contextlib.suppress(OSError):
        os.fchmod(descriptor, 0o600)
    if os.fstat(descriptor).st_mode & _OTHERS:  # looked at anew: some file systems say yes and do nothing
        raise StateDamaged(
            f"The key file {path} is open to other users, and that cannot be changed. Give it to the kiosk's user with "
            f"mode 0600, or mount its medium for that user alone."
        )


def _key_in(content: bytes) -> bytes | None:
    """The key in a file's content; None if it holds none."""
    if len(content) == _KEY_BYTES:
        return content
    digits = re.fullmatch(rb"([0-9a-fA-F]{64})\r?\n?", content)
    return bytes.fromhex(digits[1].decode()) if digits else None


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
