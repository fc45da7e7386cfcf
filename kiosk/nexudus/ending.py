"""A sign-in that still works and will not for long, and why one has ended: what staff have to know in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.nexudus.assumptions import REFRESH_LIFE, RENEWAL_OVERDUE
from kiosk.nexudus.errors import SignInCause, SignInNeeded
from kiosk.nexudus.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Ending:
    """A sign-in that ends unless somebody does something.

    Attributes:
        at: When nothing can be called any more with it.
        staff: What has happened and what to do, in whole sentences.
    """

    at: datetime
    staff: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nexudus would not renew a pair.

    Attributes:
        cause: Why, as far as its age tells.
        said: Nexudus's own words, cleaned; often none.
    """

    cause: SignInCause
    said: str = ""

    def error(self) -> SignInNeeded:
        """What a call meets from now on."""
        return SignInNeeded(self.cause, said=self.said)

    def ending(self, tokens: Tokens) -> Ending:
        """What is to be said while the access token still lasts."""
        return Ending(
            tokens.expires_at,
            f"{self.error().staff} Until {tokens.expires_at:%Y-%m-%d %H:%M} UTC the present one still works.",
        )


def refusal_of(tokens: Tokens, now: datetime, said: str) -> Refusal:
    """Why Nexudus refused to renew a pair: it says no more than that it did, and the age of the pair tells the rest."""
    outlived = now - tokens.obtained_at >= REFRESH_LIFE
    return Refusal(SignInCause.NOT_RENEWED_IN_TIME if outlived else SignInCause.REFRESH_REFUSED, said)


def overdue(tokens: Tokens, now: datetime) -> Ending | None:
    """What is to be said of a pair that should have been renewed long ago; None while all is well."""
    end = tokens.obtained_at + REFRESH_LIFE
    if not tokens.obtained_at + RENEWAL_OVERDUE <= now < end:
        return None
    return Ending(
        end,
        f"The sign-in at Nexudus was renewed last on {tokens.obtained_at:%Y-%m-%d} and ends for good on "
        f"{end:%Y-%m-%d}. A kiosk that runs and reaches Nexudus renews it every day: start it and mend its connection "
        f"before then, or run 'kiosk setup' afterwards.",
    )
