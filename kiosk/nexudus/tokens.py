"""The token pair, and the file that keeps it over a restart.

The refresh token is used once and replaced (contract 1.2): if a new pair is lost between the exchange and the disk,
only the password helps. So the file is replaced as a whole, and is down before `save` returns.
"""

from __future__ import annotations

import contextlib
import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict, SecretStr, ValidationError

from kiosk.atomic_file import replace_file, sync_folder
from kiosk.nexudus.assumptions import REFRESH_AT_LATEST
from kiosk.text import Sentence

logger = logging.getLogger(__name__)

_SEALED = b"sealed sign-in 1\n"
"""Begins a file that is sealed; JSON begins otherwise."""

_SIZE_LIMIT = 256 * 1024  # bytes; a pair is a few kilobytes, so a larger file is not ours


class Tokens(BaseModel):
    """One sign-in. The two tokens never show in a `repr`.

    Attributes:
        access_token: The bearer token of data calls.
        refresh_token: Renews the pair, once.
        obtained_at: When this pair was issued, by this device's clock.
        expires_at: When the access token ends, by the same clock.
        client_id: The one given at the sign-in; a refresh must repeat it (contract 1.2).
        email: Whose account it is.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    access_token: SecretStr
    refresh_token: SecretStr
    obtained_at: AwareDatetime
    expires_at: AwareDatetime
    client_id: str
    email: Sentence

    def alive(self, now: datetime) -> bool:
        """Whether the access token should still be accepted at `now`."""
        return now < self.expires_at

    def due(self, now: datetime) -> bool:
        """Whether the pair should be renewed at `now`: at half of its life or after a day, whichever is sooner.

        A clock that went back before the pair was issued cannot tell its age: it is renewed, which also gives it a
        true one.
        """
        return now < self.obtained_at or now >= self.obtained_at + min(
            (self.expires_at - self.obtained_at) / 2, REFRESH_AT_LATEST
        )


class Seal(Protocol):
    """Authenticated encryption with a key of this device."""

    def seal(self, clear: bytes, about: bytes) -> bytes:
        """The text as nobody without the key can read it, bound to what it is."""
        ...

    def try_open(self, sealed: bytes, about: bytes) -> bytes | None:
        """The text, or None if it was changed, or sealed with another key."""
        ...


class TokenFile:
    """Keeps one `Tokens` in `path`, readable by its owner only. The calls wait for the disk: run them in a thread.

    Args:
        path: In a folder that exists or can be made.
        opener: Opens what is sealed already.
        sealer: Seals what is written from now on, and what is found in the clear; None leaves it in the clear.
    """

    def __init__(self, path: Path, opener: Seal | None = None, sealer: Seal | None = None) -> None:
        self._path = path
        self._opener = opener
        self._sealer = sealer
        self._broken = False

    def load(self) -> Tokens | None:
        """Return the tokens, or None if there are none or the file cannot be understood: then staff sign in again."""
        try:
            with self._path.open("rb") as file:
                content = file.read(_SIZE_LIMIT)
            tokens = Tokens.model_validate(json.loads(self._opened(content)))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:  # a ValidationError is a ValueError
            if not self._broken:
                logger.warning("the token file cannot be used (%s): staff must sign in", _kind_of(error))
            self._broken = True
            return None
        self._broken = False
        if self._sealer is not None and not content.startswith(_SEALED):
            with contextlib.suppress(OSError):  # the next renewal tries again
                self.save(tokens)
        return tokens

    def _opened(self, content: bytes) -> bytes:
        if not content.startswith(_SEALED):
            return content
        clear = self._opener.try_open(content[len(_SEALED) :], _SEALED) if self._opener is not None else None
        if clear is None:
            raise ValueError("sealed with another key, or changed")
        return clear

    def _sealed(self, tokens: Tokens) -> bytes:
        clear = _as_json(tokens)
        return clear if self._sealer is None else _SEALED + self._sealer.seal(clear, _SEALED)

    def save(self, tokens: Tokens) -> None:
        """Put `tokens` in place of what is there; they are on the disk when this returns.

        Raises:
            OSError: They may not be on the disk. The file holds the old pair or the new one, never a mixture.
        """
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(self._path, self._sealed(tokens))

    def clear(self) -> None:
        """Forget the tokens. It is no error if there are none."""
        self._path.unlink(missing_ok=True)
        if self._path.parent.is_dir():
            sync_folder(self._path.parent)


def _as_json(tokens: Tokens) -> bytes:
    kept = tokens.model_dump(mode="json") | {
        "access_token": tokens.access_token.get_secret_value(),
        "refresh_token": tokens.refresh_token.get_secret_value(),
    }
    return json.dumps(kept, indent=1).encode("ascii")


def _kind_of(error: BaseException) -> str:
    """Name the failure without quoting the file."""
    return f"{error.error_count()} fields" if isinstance(error, ValidationError) else type(error).__name__
