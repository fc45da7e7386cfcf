"""Rolling tokens: what is accepted, what is played back, and what clocks do to them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.adverts import Advert
from kiosk.desk.badges import EnrolledBadge, Freshness, Heard, Tier, Trust
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.rolling import SERVICE, SLOT_SECONDS, Flag, RollingScheme, slot_at, token
from tests.desk.samples import NINE

NOW = NINE.timestamp()
SLOT = slot_at(NOW)
HOUR = 3600.0
KEY = bytes(range(32))
BADGE = EnrolledBadge(
    "00ff00ff00ff00ff", PersonId(PersonKind.MEMBER, 1), Tier.ROLLING, KEY, NINE, calibration=-38
)  # fmt: skip


def heard(data: bytes, badge: EnrolledBadge = BADGE, wall: float = NOW) -> Heard | None:
    badges = [badge]
    return RollingScheme(lambda: badges).recognise(Advert("AA", -40, 1.0, services={SERVICE: data}), wall)


def test_a_token_is_made_as_the_rule_says() -> None:
    """Computed with another program, so that badges that are made elsewhere can be compared with it."""
    assert token(KEY, 0x1122334455, Flag.BATTERY).hex() == "125596398b734499797b"
    assert len(token(KEY, SLOT)) == 10


@pytest.mark.parametrize("step", [-1, 0, 1])
def test_the_token_of_this_slot_or_of_its_neighbours_proves_the_badge(step: int) -> None:
    assert heard(token(KEY, SLOT + step)) == Heard(BADGE.handle, Trust.PROVES, -38, Freshness.FRESH, SLOT + step)


@pytest.mark.parametrize("flags", [0, Flag.BUTTON, Flag.BATTERY, Flag.BUTTON | Flag.BATTERY])
def test_what_it_says_besides_is_in_its_proof(flags: int) -> None:
    assert heard(token(KEY, SLOT, flags)) is not None
    assert heard(bytes([token(KEY, SLOT, flags)[0] ^ Flag.BUTTON]) + token(KEY, SLOT, flags)[1:]) is None


@pytest.mark.parametrize(
    ("data", "badge", "wall", "freshness"),
    [
        (token(KEY, SLOT), BADGE, NOW, Freshness.FRESH),
        (token(KEY, SLOT), replace(BADGE, slot=SLOT), NOW, Freshness.USED),
        (token(KEY, SLOT - 1), replace(BADGE, slot=SLOT), NOW, Freshness.USED),
        (token(KEY, SLOT + 1), replace(BADGE, slot=SLOT), NOW, Freshness.FRESH),
        (token(KEY, SLOT), replace(BADGE, slot=SLOT), NOW + 2 * SLOT_SECONDS, None),
        (token(KEY, SLOT - 2), BADGE, NOW, None),
        (token(KEY, SLOT + 2), BADGE, NOW, None),
        (token(KEY, SLOT), BADGE, NOW + HOUR, None),
        (token(KEY, SLOT), BADGE, NOW - HOUR, None),
        (token(KEY, SLOT), replace(BADGE, slot=SLOT - 120), NOW, Freshness.FRESH),
        (token(KEY, SLOT + 7), replace(BADGE, drift=8), NOW, Freshness.FRESH),
        (token(KEY, SLOT + 6), replace(BADGE, drift=8), NOW, None),
        (token(bytes(32), SLOT), BADGE, NOW, None),
        (token(KEY, SLOT)[:-1], BADGE, NOW, None),
        (token(KEY, SLOT) + b"\0", BADGE, NOW, None),
        (token(KEY, SLOT) * 30, BADGE, NOW, None),
        (b"", BADGE, NOW, None),
        (b"\x20" + token(KEY, SLOT)[1:], BADGE, NOW, None),
        (b"\x14" + token(KEY, SLOT)[1:], BADGE, NOW, None),
    ],
    ids=[
        "of this slot", "played back in its slot", "played back from the slot before", "of the next slot",
        "played back a minute later", "too old", "too new", "the kiosk's clock an hour ahead",
        "the kiosk's clock an hour behind", "an hour after it acted last", "a badge whose clock is known to be ahead",
        "that badge before its time", "another key", "truncated", "a byte too long", "far too long", "empty",
        "another version", "an unknown flag",
    ],
)  # fmt: skip
def test_what_becomes_of_a_token(data: bytes, badge: EnrolledBadge, wall: float, freshness: Freshness | None) -> None:
    found = heard(data, badge, wall)

    assert (found.freshness if found else None) is freshness


def test_after_a_step_of_the_clock_and_back_all_is_as_before() -> None:
    badges = [BADGE]
    scheme = RollingScheme(lambda: badges)
    advert = Advert("AA", -40, 1.0, services={SERVICE: token(KEY, SLOT)})

    found = [scheme.recognise(advert, NOW + step) for step in (0, HOUR, 0, -HOUR, 0)]

    assert [one is not None for one in found] == [True, False, True, False, True]


def test_a_badge_that_changes_is_known_as_it_is_now() -> None:
    badges = [BADGE]
    scheme = RollingScheme(lambda: badges)
    advert = Advert("AA", -40, 1.0, services={SERVICE: token(KEY, SLOT)})
    assert scheme.recognise(advert, NOW) is not None

    badges = []

    assert scheme.recognise(advert, NOW) is None


@given(st.binary(max_size=40), st.floats(-1e10, 1e11))
def test_no_payload_and_no_time_makes_it_fail(data: bytes, wall: float) -> None:
    found = heard(data, wall=wall)
    assert found is None or found.slot in (slot_at(wall) - 1, slot_at(wall), slot_at(wall) + 1)
