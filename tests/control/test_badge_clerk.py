"""What staff ask of badges, and when the answer is no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from kiosk.control.badge_clerk import BadgeClerk, BadgeRequest
from kiosk.control.badge_requests import MOST_BADGES, AddBadge, BadgeWords, RevokeBadges, TakeBadges
from kiosk.control.protocol import to_line, to_request
from kiosk.desk.badges import EnrolledBadge, Tier
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.signs import handle_of
from kiosk.desk.staff import NotPossible
from tests.desk.samples import NINE
from tests.state.test_badges import ADA, BOB, ROLLING, Device

SIGN = "ibeacon:8d847d20-0116-435f-9a21-2fa79a706d9e:1:7"
STATIC = EnrolledBadge(handle_of(SIGN), BOB.id, Tier.STATIC, SIGN.encode(), NINE, calibration=-41)


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    device = Device(tmp_path / "state")
    yield device
    device.store.close()


def ask(device: Device, request: BadgeRequest) -> str:
    """Ask through the words of the socket."""
    sent = to_request(to_line(request))
    assert isinstance(sent, AddBadge | RevokeBadges | TakeBadges)
    return BadgeClerk(device.book).carry_out(sent)


def add(badge: EnrolledBadge) -> AddBadge:
    return AddBadge(badge=BadgeWords.of(badge))


def test_a_badge_is_given_to_a_member_and_taken_again(device: Device) -> None:
    assert ask(device, add(STATIC)) == f"Badge {STATIC.handle} is member:2's."
    assert device.book.static(STATIC.handle) == STATIC
    assert ask(device, RevokeBadges(handles=(STATIC.handle,))).startswith(f"Revoked: badge {STATIC.handle}.")
    assert device.book.static(STATIC.handle) is None


def test_a_badge_is_not_taken_from_one_member_for_another_unless_it_was_revoked(device: Device) -> None:
    ask(device, add(STATIC))
    for_ada = add(replace(STATIC, member=ADA.id))
    with pytest.raises(NotPossible, match="is member:2's"):
        ask(device, for_ada)

    ask(device, RevokeBadges(handles=(STATIC.handle,)))
    ask(device, for_ada)

    assert list(device.book.holders(STATIC.handle)) == [ADA]


@pytest.mark.parametrize(
    "badge",
    [
        replace(STATIC, member=PersonId(PersonKind.MEMBER, 999)),
        replace(STATIC, handle="0" * 16),
        replace(STATIC, secret=b"ibeacon:x"),
        replace(STATIC, secret=b"\xff\xff"),
        replace(ROLLING, secret=b"short"),
    ],
    ids=["nobody's", "another handle", "no sign", "no text", "no key"],
)
def test_what_cannot_work_is_refused_and_nothing_is_kept(device: Device, badge: EnrolledBadge) -> None:
    with pytest.raises(NotPossible, match=r"[Nn]othing was changed"):
        ask(device, add(badge))
    assert device.book.badges() == []


def test_a_secret_that_is_no_number_is_refused(device: Device) -> None:
    words = BadgeWords.of(STATIC).model_copy(update={"secret": SecretStr("zz")})
    with pytest.raises(NotPossible, match="not whole"):
        ask(device, AddBadge(badge=words))


def test_all_are_revoked_or_none(device: Device) -> None:
    ask(device, add(STATIC))
    with pytest.raises(NotPossible, match="no badge 0000000000000000 that counts"):
        ask(device, RevokeBadges(handles=(STATIC.handle, "0" * 16)))
    assert device.book.static(STATIC.handle) == STATIC


def test_badges_of_another_kiosk_are_taken_over_and_who_is_not_here_is_left_out(device: Device) -> None:
    stranger = replace(ROLLING, handle="a" * 16, member=PersonId(PersonKind.MEMBER, 999))
    words = tuple(BadgeWords.of(badge) for badge in (ROLLING, STATIC, stranger))

    said = ask(device, TakeBadges(badges=words))

    assert said == f"2 badges taken over. Left out, since their member is not here: {'a' * 16}."
    assert set(device.book.badges()) == {ROLLING, STATIC}


def test_a_token_that_has_acted_at_one_kiosk_and_a_badge_revoked_at_one_count_at_none(device: Device) -> None:
    device.book.put([replace(ROLLING, slot=9, drift=2), replace(STATIC, revoked=NINE)])

    ask(device, TakeBadges(badges=(BadgeWords.of(replace(ROLLING, slot=5)), BadgeWords.of(STATIC))))

    assert set(device.book.badges()) == {replace(ROLLING, slot=9, drift=2), replace(STATIC, revoked=NINE)}


def test_the_most_badges_of_one_request_fit_into_a_line() -> None:
    largest = replace(ROLLING, slot=2**40, drift=2**39, calibration=-100, revoked=NINE, secret=b"\xff" * 128)
    to_line(TakeBadges(badges=(BadgeWords.of(largest),) * MOST_BADGES))

    with pytest.raises(ValidationError):
        TakeBadges(badges=(BadgeWords.of(largest),) * (MOST_BADGES + 1))


def test_no_secret_is_in_what_a_log_would_show() -> None:
    request = add(ROLLING)
    assert ROLLING.secret.hex() not in repr(request) + str(request)
