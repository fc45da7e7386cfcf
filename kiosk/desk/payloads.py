"""What a camera, a scanner or a card reader delivers, taken apart: a stranger's bytes in, a credential or a kind out.

| payload | what becomes of it |
| --- | --- |
| letters, digits, `-` and `_`, up to 64 | a code; from a camera that of an invitation, never a member's PIN |
| an address with `code`, `c`, `v` or `token` | the code that stands there; addresses are taken apart, never followed |
| an address that ends in a code | that code: a part with a digit, or in capitals; a word such as `/menu` is none |
| any other address | `Foreign.LINK` |
| a GUID, bare, dashed, in braces, or as `urn:uuid:` | the code of the invitation with that `UniqueId` |
| an integer | a code like any other, never the number of a record: those run in sequence, and prove nothing |
| the customer QR of Passport | as any code or GUID; what it holds is not documented (contract 5): it names no member |
| `KIOSK-BADGE:` and 16 to 64 letters, digits, `-`, `_` | a `Badge`, which nobody has yet: a later release enrols them |
| vCard, MECARD, Wi-Fi, calendar, mail, telephone, place | `Foreign`, by kind: a hint, no look-up, no wrong try |
| transfers, wallets, authenticators, apps, `x:` | the same |
| a card's number with signs in or around it | from a reader or a line: its plain number (`kiosk.desk.cards`) |
| any other text, and everything above 512 bytes | nothing (None); what is foreign is still told by how it begins |

Bytes are UTF-8, UTF-16 with its mark, or else Latin-1, which spells any bytes: codes are ASCII, so that Shift-JIS and
all others that keep ASCII are read right, and none is taken for a code that is not. Nothing with a control character
inside is a code. Nexudus does not document what its codes hold (contract 4.3): all forms that it may use are taken.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from uuid import UUID

from kiosk.desk.cards import punctuated_card
from kiosk.desk.credentials import LONGEST_PAYLOAD, Code, Via, Wish, read_code
from kiosk.desk.foreign import BADGE_START, Foreign, foreign_kind

_BADGE = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
_BARE_ADDRESS = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?[/?]", re.ASCII | re.IGNORECASE)
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]", re.ASCII)
"""What scanners may put before a payload: which kind of bar code it was (ISO/IEC 15424)."""
_TYPED_WITH_SIGNS = (Via.READER, Via.LINE)


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge of this kiosk. `text` is its secret."""

    text: str = field(repr=False)
    via: Via


Shown = Code | Badge | Foreign | None
"""What somebody showed: a credential, a code of another kind, or something that can be no code."""


def read_payload(payload: bytes | str, via: Via, wish: Wish = Wish.UNSAID, length: int | None = None) -> Shown:
    """Take a payload apart; see the table of this module. Never raises.

    Args:
        payload: As it was read. No more than `LONGEST_PAYLOAD` of it is looked at.
        via: How it came.
        wish: What the person wants.
        length: Of the whole payload, where `payload` is only its beginning.
    """
    whole = max(len(payload), length or 0) <= LONGEST_PAYLOAD
    begun = payload[:LONGEST_PAYLOAD]
    text = (_decoded(begun) if isinstance(begun, bytes) else begun).lstrip("\ufeff").strip()
    if via is Via.READER and _SYMBOLOGY.match(text):
        text = text[3:]
    if via in _TYPED_WITH_SIGNS and whole and (card := punctuated_card(text)):
        return read_code(card, via, wish)
    if (foreign := foreign_kind(text)) is not None:
        return foreign
    if "://" in text or _BARE_ADDRESS.match(text):
        return (_in_address(text, via, wish) if whole else None) or Foreign.LINK
    return _credential(text, via, wish) if whole else None


def _credential(text: str, via: Via, wish: Wish) -> Code | Badge | None:
    if text.lower().startswith(BADGE_START):
        secret = text[len(BADGE_START) :]
        return Badge(secret, via) if _BADGE.fullmatch(secret) else None
    if not text.isprintable():
        return None  # lines, and controls that would vanish between two halves of a code
    return read_code(_without_dress(text), via, wish)


def _without_dress(text: str) -> str:
    """A GUID without braces or scheme; any other text as it is."""
    bare = text[9:] if text.lower().startswith("urn:uuid:") else text
    if bare == text and not (bare.startswith("{") and bare.endswith("}")):
        return text
    try:
        return str(UUID(bare))
    except ValueError:
        return text


def _in_address(address: str, via: Via, wish: Wish) -> Code | None:
    if not address.isprintable():
        return None
    code = read_code(address if "://" in address else f"https://{address}", via, wish)
    if code is None or _is_word_of(address, code.text):
        return None
    return code


def _is_word_of(address: str, part: str) -> bool:
    """Whether a part of an address is rather a word of it than a code: people hold up any poster's address, and that is
    no wrong try. A parameter says by its name that it is a code."""
    return part.isalpha() and not part.isupper() and f"={part}" not in address


def _decoded(payload: bytes) -> str:
    if payload.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return payload.decode("utf-16", "replace")
    if payload.startswith(BOM_UTF8):
        payload = payload[len(BOM_UTF8) :]
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("latin-1")
