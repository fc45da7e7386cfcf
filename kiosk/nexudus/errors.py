"""What can go wrong between the kiosk and Nexudus, sorted by what the sender of a write has to do next.

    NexudusError
    ├── NeverSent           certainly not carried out: send again at will
    ├── NoAnswer            MAY HAVE BEEN CARRIED OUT: read back before sending again
    │   ├── NotNexudus      somebody else answered: a captive portal, or a wrong address
    │   ├── IncompleteList  a list came back with pages missing: keep the old one
    │   └── FilterIgnored   a list holds what was not asked for: read it another way
    ├── Throttled           not carried out: wait `wait_seconds`
    ├── Refused             not carried out, and asking again will not help
    │   └── NotFound        the record is not there (any more)
    ├── SignInNeeded        not carried out: staff must sign in again
    │   └── WrongSignIn     the e-mail address, password or code was refused
    ├── RoleMissing         not carried out: the account lacks a right
    ├── RightsMissing       the account lacks rights that no kiosk can do without
    └── WrongAddress        the configured address can never work

Only `NoAnswer` leaves a doubt, and a doubled check-in can cost a member a charged pass. So whatever is not certain is a
`NoAnswer`, and `isinstance(error, NoAnswer)` is the one question an outbox asks.

Two texts go with each error. `str(error)` is for the log: it holds no name, no address with a query, no secret.
`staff` is one or two sentences for the status page and the command line: what happened, and what to do. Visitors see
neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from kiosk.nexudus.assumptions import CODE_WANTED, UNEXPLAINED_REFUSAL
from kiosk.nexudus.rights import Right


class NexudusError(Exception):
    """The root of the tree. `staff` says what happened and what to do."""

    def __init__(self, log: str, staff: str) -> None:
        super().__init__(log)
        self.staff = staff


class Unreached(StrEnum):
    """Why a request did not leave, or was turned back before anything was done."""

    NAME = "name not found"
    CONNECTION = "no connection"
    TIME = "no connection in time"
    TLS = "no trusted connection"
    RESTING = "not tried, since the line was down a moment ago"
    PORTAL = "stopped by somebody else"
    SIGN_IN = "sign-in neither renewed nor checked"
    STORAGE = "the new token could not be kept"


_UNREACHED_STAFF = {
    Unreached.NAME: "The address of Nexudus was not found. Check the network cable or Wi-Fi, and its DNS.",
    Unreached.CONNECTION: "Nexudus cannot be reached. Check the network; the kiosk tries again by itself.",
    Unreached.TIME: "Nexudus did not take the call in time. Check the network; the kiosk tries again by itself.",
    Unreached.TLS: "The connection to Nexudus is not trusted. Check the date and time of this device, and whether the "
    "network intercepts secure connections.",
    Unreached.RESTING: "Nexudus could not be reached a moment ago. The kiosk tries again by itself.",
    Unreached.PORTAL: "The network answered in place of Nexudus. Sign this device in to the network's own page.",
    Unreached.SIGN_IN: "The sign-in at Nexudus could not be renewed or checked. The kiosk tries again by itself.",
    Unreached.STORAGE: "The sign-in could not be written to disk. Check the free space and the health of the card.",
}


class NeverSent(NexudusError):
    """The request did not leave, or was turned back unread: it was certainly not carried out."""

    def __init__(self, reason: Unreached, detail: str = "") -> None:
        super().__init__(f"{reason.value} ({detail})" if detail else reason.value, _UNREACHED_STAFF[reason])
        self.reason = reason


class NoAnswer(NexudusError):
    """The request left and no usable answer came back: it may have been carried out, now or within a minute.

    `detail` is for the log: the kind of failure or the status, nothing that a person typed.
    """

    def __init__(self, detail: str, staff: str | None = None) -> None:
        super().__init__(
            f"no usable answer: {detail}",
            staff or "Nexudus gave no usable answer. The kiosk asks again by itself. If this lasts, ask Nexudus.",
        )


class NotNexudus(NoAnswer):
    """A redirect or a web page came back where Nexudus speaks JSON."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"not Nexudus: {detail}",
            "Something other than Nexudus answered. Sign this device in to the network's own page if it has one, and "
            "check the Nexudus address in the settings.",
        )


class IncompleteList(NoAnswer):
    """A list could not be read to its end, so what is missing from it must not be taken for deleted."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"incomplete list: {detail}",
            "Nexudus did not deliver a complete list, so the kiosk keeps the one it has and tries again by itself. If "
            "this lasts, report it to Nexudus.",
        )


class FilterIgnored(NoAnswer):
    """A list holds rows that the filter should have kept out: Nexudus ignores parameters it does not know (contract
    2). `name` is the filter's."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the filter {name} is ignored")
        self.name = name


class Throttled(NexudusError):
    """Nexudus asks to wait: the call was not carried out (contract 2.1)."""

    def __init__(self, wait_seconds: float) -> None:
        super().__init__(
            f"throttled for {wait_seconds:g} s",
            f"Nexudus asks the kiosk to wait {wait_seconds:.0f} seconds. It goes on by itself; if this happens often, "
            "fewer kiosks should share one account.",
        )
        self.wait_seconds = wait_seconds


class Refused(NexudusError):
    """Nexudus understood the request and said no.

    Attributes:
        status: The HTTP status: 4xx, or 200 when the answer itself said that it failed (contract 2).
        message: The reason in Nexudus's own words, cleaned and bounded. It may hold a person's name: not for the log.
        field_errors: Property name to reason, for the properties that Nexudus named.
    """

    def __init__(self, status: int, message: str, errors: Mapping[str, str] | None = None) -> None:
        said = f" It said: {message}" if message else ""
        super().__init__(f"refused with status {status}", f"Nexudus refused the request.{said}")
        self.status = status
        self.message = message
        self.field_errors: Mapping[str, str] = MappingProxyType(dict(errors or {}))

    @property
    def unexplained(self) -> bool:
        """Whether this is the catch-all message that was seen to pass by itself: worth a few more tries."""
        return self.message.startswith(UNEXPLAINED_REFUSAL)


class NotFound(Refused):
    """There is no such record: it was deleted, or its id belongs to another account."""

    def __init__(self, status: int = 404, message: str = "") -> None:
        super().__init__(status, message)
        self.staff = "Nexudus does not have this record (any more). Somebody may have deleted it there."


class SignInCause(StrEnum):
    """Why staff have to sign in."""

    NO_TOKENS = "no tokens"
    REFRESH_REFUSED = "refresh refused"
    """Before its time: somebody or something in Nexudus has ended the session."""
    NOT_RENEWED_IN_TIME = "not renewed for 15 days"
    REJECTED = "account rejected"
    GRANT_REFUSED = "sign-in refused"
    NOT_RENEWED_HERE = "left to the kiosk to renew"


_SIGN_IN_STAFF = {
    SignInCause.NO_TOKENS: "This kiosk is not signed in to Nexudus, or its sign-in could not be read. Run 'kiosk "
    "setup' with the kiosk's own account.",
    SignInCause.REFRESH_REFUSED: "Nexudus ended this kiosk's session before its time, as it does when the password of "
    "its account is reset or its sessions are revoked. Run 'kiosk setup'; nothing that was recorded is lost.",
    SignInCause.NOT_RENEWED_IN_TIME: "This kiosk could not renew its sign-in for 15 days, being off or without a "
    "connection, and Nexudus keeps none longer. Run 'kiosk setup'; nothing that was recorded is lost.",
    SignInCause.REJECTED: "Nexudus rejects this kiosk's account itself, not one right of it. Check there that it is "
    "active and may use the API, then run 'kiosk setup'.",
    SignInCause.GRANT_REFUSED: "",
    SignInCause.NOT_RENEWED_HERE: "The kept sign-in has run out or is rejected, and only a kiosk that runs "
    "renews it. Start the kiosk; if it then asks for a new sign-in, run 'kiosk setup'.",
}


class SignInNeeded(NexudusError):
    """No call can succeed until staff sign in; trying again by itself cannot help.

    Args:
        cause: Why.
        staff: A sentence in place of the usual one.
        said: What Nexudus said to it, cleaned.
    """

    def __init__(self, cause: SignInCause, staff: str | None = None, said: str = "") -> None:
        told = staff or _SIGN_IN_STAFF[cause]
        super().__init__(f"sign-in needed: {cause.value}", f"{told} It said: {said}" if said else told)
        self.cause = cause


class WrongSignIn(SignInNeeded):
    """The password grant was refused. Never repeat it unasked: Nexudus counts failed sign-ins (contract 1.4)."""

    def __init__(self, message: str, with_totp: bool) -> None:
        hint = (
            "The six-digit code may have run out: use the next one."
            if with_totp
            else "If the account uses two-factor sign-in, its six-digit code is needed as well."
        )
        said = f" It said: {message}" if message else ""
        super().__init__(
            SignInCause.GRANT_REFUSED, f"Nexudus refused this e-mail address and password.{said} Check both. {hint}"
        )
        self.message = message
        self.with_totp = with_totp

    @property
    def wants_code(self) -> bool:
        """Whether Nexudus asks for the code of two-factor sign-in by its words."""
        return not self.with_totp and CODE_WANTED.search(self.message) is not None


class RoleMissing(NexudusError):
    """The account is signed in but may not do this (contract 1.6)."""

    def __init__(self, right: Right) -> None:
        super().__init__(
            f"right missing: {right}",
            f'The kiosk\'s account lacks the right "{right}". Grant it in the role of that account in Nexudus.',
        )
        self.right = right


class RightsMissing(NexudusError):
    """The account lacks rights without which nobody can be checked in: all of them at once, so that staff need not
    find one after the other."""

    def __init__(self, rights: Iterable[Right]) -> None:
        names = [f'"{right}"' for right in rights]
        super().__init__(
            f"{len(names)} rights missing",
            f"The kiosk's account lacks {', '.join(names)}. Grant what is missing in the role of that account in "
            f"Nexudus (Settings > Users and roles > Roles), then try again.",
        )


class WrongAddress(NexudusError):
    """The configured address is malformed, or would send the password in clear."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"wrong address: {why}", f"The Nexudus address {why}. It usually is https://spaces.nexudus.com"
        )
