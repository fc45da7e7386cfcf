"""What staff ask of badges through the socket. A secret travels as a sign-in does: to the kiosk's own user alone, and
shown by no `repr`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SecretStr, field_serializer

from kiosk.desk.badges import EnrolledBadge, Tier
from kiosk.desk.people import PersonId, PersonKind

MOST_BADGES = 50
"""Badges of one request, so that it fits into a line."""

Handle = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class BadgeWords(_Message):
    """One badge with its secret in hexadecimal digits; the rest as `EnrolledBadge` has it."""

    handle: Handle
    member: Annotated[int, Field(ge=1, le=2**53)]
    tier: Tier
    secret: Annotated[SecretStr, Field(min_length=2, max_length=512)]
    made: AwareDatetime
    calibration: Annotated[int, Field(ge=-100, le=-10)] | None = None
    revoked: AwareDatetime | None = None
    slot: Annotated[int, Field(ge=-1, le=2**40)] = -1
    drift: Annotated[int, Field(ge=-(2**40), le=2**40)] = 0

    @field_serializer("secret", when_used="json")
    def _reveal(self, secret: SecretStr) -> str:
        return secret.get_secret_value()

    @classmethod
    def of(cls, badge: EnrolledBadge) -> BadgeWords:
        """The words for a badge."""
        return cls(
            handle=badge.handle,
            member=badge.member.number,
            tier=badge.tier,
            secret=SecretStr(badge.secret.hex()),
            made=badge.made,
            calibration=badge.calibration,
            revoked=badge.revoked,
            slot=badge.slot,
            drift=badge.drift,
        )

    def badge(self) -> EnrolledBadge:
        """The badge. Raises ValueError where the secret is no hexadecimal number."""
        return EnrolledBadge(
            self.handle,
            PersonId(PersonKind.MEMBER, self.member),
            self.tier,
            bytes.fromhex(self.secret.get_secret_value()),
            self.made,
            self.calibration,
            self.revoked,
            self.slot,
            self.drift,
        )


_Badges = Annotated[tuple[BadgeWords, ...], Field(min_length=1, max_length=MOST_BADGES)]


class AddBadge(_Message):
    """Give a badge to a member."""

    do: Literal["add-badge"] = "add-badge"
    badge: BadgeWords


class RevokeBadges(_Message):
    """Let badges count no more."""

    do: Literal["revoke-badges"] = "revoke-badges"
    handles: Annotated[tuple[Handle, ...], Field(min_length=1, max_length=MOST_BADGES)]


class TakeBadges(_Message):
    """Take over badges of another kiosk."""

    do: Literal["take-badges"] = "take-badges"
    badges: _Badges
