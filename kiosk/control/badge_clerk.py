"""Carries out what staff ask of badges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.control.badge_requests import AddBadge, BadgeWords, RevokeBadges, TakeBadges
from kiosk.desk.badges import BadgeActs, EnrolledBadge, Tier
from kiosk.desk.people import PersonId
from kiosk.desk.rolling import KEY_BYTES
from kiosk.desk.signs import handle_of, read_sign
from kiosk.desk.staff import NotPossible

_BROKEN = "Badge {} is not whole and cannot be used. Nothing was changed."

BadgeRequest = AddBadge | RevokeBadges | TakeBadges


class BadgeClerk:
    """Answers with a sentence for staff. Raises NotPossible, or NotRecorded; either way nothing has changed."""

    def __init__(self, badges: BadgeActs) -> None:
        self._badges = badges

    def carry_out(self, request: BadgeRequest) -> str:
        """Do it; says what came of it."""
        match request:
            case AddBadge():
                return self._add(_checked(request.badge))
            case RevokeBadges():
                return self._revoke(request.handles)
            case TakeBadges():
                return self._take([_checked(one) for one in request.badges])

    def forget(self, person: PersonId) -> None:
        """Erase a person's badges."""
        self._badges.forget(person)

    def _add(self, badge: EnrolledBadge) -> str:
        known = self._badges.badge(badge.handle)
        if known is not None and known.revoked is None and known.member != badge.member:
            raise NotPossible(f"Badge {badge.handle} is {known.member}'s. Revoke it first; nothing was changed.")
        if self._badges.member(badge.member) is None:
            raise NotPossible(f"There is no {badge.member} in the directory of this kiosk; nothing was changed.")
        self._badges.put([badge])
        return f"Badge {badge.handle} is {badge.member}'s."

    def _revoke(self, handles: Sequence[str]) -> str:
        unknown = [one for one in handles if (known := self._badges.badge(one)) is None or known.revoked is not None]
        if unknown:
            raise NotPossible(
                f"There is no badge {unknown[0]} that counts. 'kiosk badges' lists them; nothing was changed. One that "
                f"only Nexudus knows is taken out at its member there."
            )
        for handle in handles:
            self._badges.revoke(handle)
        said = f"badge {handles[0]}" if len(handles) == 1 else f"{len(handles)} badges"
        return f"Revoked: {said}. Take the handle out at the member in Nexudus as well, for the other kiosks."

    def _take(self, badges: Sequence[EnrolledBadge]) -> str:
        here = [one for one in badges if self._badges.member(one.member) is not None]
        self._badges.put([self._joined(one) for one in here])
        left_out = [one.handle for one in badges if one not in here]
        said = "1 badge taken over." if len(here) == 1 else f"{len(here)} badges taken over."
        return f"{said} Left out, since their member is not here: {', '.join(left_out)}." if left_out else said

    def _joined(self, badge: EnrolledBadge) -> EnrolledBadge:
        """What one kiosk has revoked, or a token that has acted at one, counts at none."""
        known = self._badges.badge(badge.handle)
        if known is None or known.secret != badge.secret:
            return badge
        latest = known if known.slot >= badge.slot else badge
        return replace(badge, revoked=known.revoked or badge.revoked, slot=latest.slot, drift=latest.drift)


def _checked(words: BadgeWords) -> EnrolledBadge:
    """The badge, whose secret is of its tier. Raises NotPossible."""
    try:
        badge = words.badge()
        sign = badge.secret.decode("ascii") if badge.tier is Tier.STATIC else ""
    except ValueError:
        raise NotPossible(_BROKEN.format(words.handle)) from None
    if badge.tier is Tier.ROLLING:
        fits = len(badge.secret) == KEY_BYTES
    else:
        fits = read_sign(sign) == sign and handle_of(sign) == badge.handle
    if not fits:
        raise NotPossible(_BROKEN.format(words.handle))
    return badge
