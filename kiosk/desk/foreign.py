"""Codes that people hold up by mistake: everybody's phone and wallet is full of them, and none is an invitation."""

from __future__ import annotations

import re
from enum import StrEnum


class Foreign(StrEnum):
    """A well-known kind of code that is none of ours."""

    CONTACT = "contact"
    """A visiting card: vCard, MECARD, BIZCARD."""
    WIFI = "wifi"
    """A network to join, or a device that wants to: the guest Wi-Fi of every café."""
    CALENDAR = "calendar"
    MAIL = "mail"
    TELEPHONE = "telephone"
    MESSAGE = "message"
    PLACE = "place"
    PAYMENT = "payment"
    """A transfer, an invoice or a wallet."""
    ONE_TIME_PASSWORD = "one-time-password"  # noqa: S105 - the kind, not one
    """The secret of somebody's authenticator. It is not kept, looked up or shown, like all of these."""
    APP = "app"
    """An application to install, or a bookmark."""
    HEALTH = "health"
    LINK = "link"
    """An address without a code in it."""
    OTHER = "other"
    """A scheme that is not known here, such as `javascript:`."""


BADGE_START = "kiosk-badge:"
"""How a badge of this kiosk begins, in small letters: reserved for a release that enrols badges."""

_STARTS = {
    Foreign.CONTACT: ("begin:vcard", "mecard:", "bizcard:"),
    Foreign.WIFI: ("wifi:", "dpp:"),
    Foreign.CALENDAR: ("begin:vcalendar", "begin:vevent", "webcal:"),
    Foreign.MAIL: ("mailto:", "matmsg:", "smtp:"),
    Foreign.TELEPHONE: ("tel:", "facetime:", "facetime-audio:"),
    Foreign.MESSAGE: ("sms:", "smsto:", "mms:", "mmsto:", "whatsapp:", "skype:", "sip:", "xmpp:"),
    Foreign.PLACE: ("geo:",),
    Foreign.PAYMENT: (
        *("bitcoin:", "bitcoincash:", "ethereum:", "litecoin:", "lightning:", "upi:", "paypal:", "bank:"),
        *("bcd\n", "bcd\r", "spc\n", "spc\r", "st00012|", "spd*"),  # EPC, Swiss, Russian and Czech transfers
    ),
    Foreign.ONE_TIME_PASSWORD: ("otpauth:", "otpauth-migration:"),
    Foreign.APP: ("market:", "intent:", "itms:", "itms-apps:", "mebkm:", "fido:", "mt:", "x-hm:"),
    Foreign.HEALTH: ("hc1:", "shc:"),
}

_CARD_PAYMENT = re.compile(r"000201[\x20-\x7e]{54,}6304[0-9a-f]{4}", re.ASCII)
"""A merchant's code by the EMVCo standard: its version first, its check sum last, and longer than any code of ours."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!//)", re.ASCII)


def foreign_kind(text: str) -> Foreign | None:
    """Which well-known kind a payload is of, by how it begins; None if it may be one of ours.

    An identifier as `urn:uuid:` may be, and so may any address.
    """
    folded = text[:1024].lower()
    for kind, starts in _STARTS.items():
        if folded.startswith(starts):
            return kind
    if _CARD_PAYMENT.fullmatch(folded):
        return Foreign.PAYMENT
    return Foreign.OTHER if _SCHEME.match(folded) and not folded.startswith(("urn:uuid:", BADGE_START)) else None
