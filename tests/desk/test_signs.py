"""What static badges say of themselves, and what is none of it."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.adverts import Advert
from kiosk.desk.badges import DEFAULT_CALIBRATION, Freshness, Heard, Trust
from kiosk.desk.rolling import RollingScheme
from kiosk.desk.signs import APPLE, EDDYSTONE, StaticScheme, handle_of, read_handle, read_sign, sign_in

SCHOOL = UUID("fda50693-a4e2-4fb1-afcf-c6eb07647825")
BEACON = b"\x02\x15" + SCHOOL.bytes + b"\x00\x01\x00\x07" + b"\xc5"
BEACON_SIGN = f"ibeacon:{SCHOOL}:1:7"
FRAME = b"\x00\xee" + bytes(range(10)) + bytes(range(6))
FRAME_SIGN = "eddystone:00010203040506070809:000102030405"


def ibeacon(data: bytes, company: int = APPLE) -> Advert:
    return Advert("AA:BB:CC:DD:EE:FF", -40, 1.0, makers={company: data})


def eddystone(data: bytes) -> Advert:
    return Advert("AA:BB:CC:DD:EE:FF", -40, 1.0, services={EDDYSTONE: data})


@pytest.mark.parametrize(
    ("advert", "sign"),
    [
        (ibeacon(BEACON), BEACON_SIGN),
        (ibeacon(BEACON[:-1] + b"\x00"), BEACON_SIGN),
        (eddystone(FRAME), FRAME_SIGN),
        (eddystone(FRAME + b"\x00\x00"), FRAME_SIGN),
    ],
    ids=["iBeacon", "iBeacon of another power", "Eddystone-UID", "with its reserved bytes"],
)
def test_a_static_badge_is_known_by_its_sign(advert: Advert, sign: str) -> None:
    assert sign_in(advert) == sign


@pytest.mark.parametrize(
    "advert",
    [
        Advert("AA:BB:CC:DD:EE:FF", -40, 1.0),
        ibeacon(b""),
        ibeacon(b"\x02"),
        ibeacon(BEACON[:-1]),
        ibeacon(BEACON + b"\x00"),
        ibeacon(BEACON * 20),
        ibeacon(b"\x02\x16" + BEACON[2:]),
        ibeacon(b"\x10\x15" + BEACON[2:]),
        ibeacon(BEACON, company=0x0059),
        eddystone(b""),
        eddystone(FRAME[:-1]),
        eddystone(FRAME + b"\x00"),
        eddystone(FRAME * 10),
        eddystone(b"\x10" + FRAME[1:]),
        eddystone(b"\x30" + FRAME[1:]),
    ],
    ids=[
        "nothing", "no bytes", "one byte", "truncated", "too long", "far too long", "another length byte",
        "another kind of Apple's", "another company", "empty frame", "truncated frame", "one reserved byte",
        "far too long a frame", "a URL frame", "an ephemeral frame",
    ],
)  # fmt: skip
def test_what_is_malformed_or_something_else_has_no_sign(advert: Advert) -> None:
    assert sign_in(advert) is None


@given(st.binary(max_size=64), st.binary(max_size=64))
def test_no_payload_at_all_makes_it_fail(made: bytes, served: bytes) -> None:
    advert = Advert("x", -40, 1.0, {APPLE: made}, {EDDYSTONE: served})
    scheme = StaticScheme(lambda handle: None)

    assert scheme.recognise(advert, 0.0) is None
    sign = sign_in(advert)
    assert sign is None or read_sign(sign) == sign


def test_a_sign_is_read_however_it_is_written() -> None:
    assert read_sign(f" iBeacon:{str(SCHOOL).upper()}:1:7\n") == BEACON_SIGN
    assert read_sign(f"ibeacon:{SCHOOL.hex}:00001:7") == BEACON_SIGN
    assert read_sign(FRAME_SIGN.upper()) == FRAME_SIGN


@pytest.mark.parametrize("text", ["", "ibeacon", f"ibeacon:{SCHOOL}:1:65536", f"ibeacon:{SCHOOL}:1", "eddystone:00:11",
                                  "ibeacon:" + "-" * 36 + ":1:1", "ibeacon:" + "a" * 35 + ":1:1"])  # fmt: skip
def test_what_is_no_sign_is_not_read(text: str) -> None:
    assert read_sign(text) is None


def test_staff_enter_the_handle_or_the_whole_sign() -> None:
    handle = handle_of(BEACON_SIGN)

    assert read_handle(handle.upper()) == read_handle(BEACON_SIGN) == handle
    assert len(handle) == 16
    assert read_handle("ABC") is None


def test_a_badge_that_nexudus_knows_or_that_was_enrolled_here_asks_for_a_tap() -> None:
    levels = {handle_of(BEACON_SIGN): -39}
    scheme = StaticScheme(levels.get)

    assert scheme.recognise(ibeacon(BEACON), 0.0) == Heard(handle_of(BEACON_SIGN), Trust.ASKS, -39, Freshness.FRESH)
    assert scheme.recognise(eddystone(FRAME), 0.0) is None


def test_a_forged_beacon_is_the_badge_that_it_copies_and_still_only_asks() -> None:
    """Anybody can send these bytes, so they never do more than to ask, whatever power they claim."""
    scheme = StaticScheme({handle_of(BEACON_SIGN): DEFAULT_CALIBRATION}.get)

    forged = scheme.recognise(Advert("66:66:66:66:66:66", -20, 1.0, {APPLE: BEACON[:-1] + b"\x7f"}), 0.0)

    assert forged is not None
    assert (forged.trust, forged.calibration) == (Trust.ASKS, DEFAULT_CALIBRATION)


def test_a_static_payload_is_no_rolling_token() -> None:
    assert RollingScheme(list).recognise(ibeacon(BEACON), 0.0) is None
