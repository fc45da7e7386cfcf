"""What becomes of a payload, by the table of the parser."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.desk.credentials import LONGEST_PAYLOAD, Code, Via, Wish
from kiosk.desk.foreign import Foreign
from kiosk.desk.payloads import Badge, read_payload

GUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
SECRET = "Kq7-mW2x_9TbZr41"


def text_of(payload: bytes | str, via: Via = Via.CAMERA) -> str | None:
    shown = read_payload(payload, via)
    return shown.text if isinstance(shown, Code) else None


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ("012345", "012345"),
        (" 012345\r\n", "012345"),
        ("AbC-12_x", "AbC-12_x"),
        ("https://harbourworks.spaces.nexudus.com/visitors/checkin?code=48213", "48213"),
        ("https://harbourworks.spaces.nexudus.com/visitors/48213/", "48213"),
        ("https://harbourworks.spaces.nexudus.com/visitors/QWERTZ", "QWERTZ"),
        ("https://harbourworks.spaces.nexudus.com/v?token=qwertz", "qwertz"),
        ("harbourworks.spaces.nexudus.com/visitors/48213", "48213"),
        (GUID, GUID),
        (GUID.upper(), GUID.upper()),
        (f"{{{GUID.upper()}}}", GUID),
        (f"urn:uuid:{GUID}", GUID),
        (f"https://members.example.test/{GUID}", GUID),
        ("1400123456", "1400123456"),
    ],
)
def test_the_code_of_an_invitation_is_found_in_whatever_form_it_has(payload: str, text: str) -> None:
    assert text_of(payload) == text_of(payload.encode()) == text


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ("BEGIN:VCARD\nVERSION:3.0\nN:Rey;Tomás\nEND:VCARD", Foreign.CONTACT),
        ("MECARD:N:Rey,Tomas;TEL:123;;", Foreign.CONTACT),
        ("WIFI:S:guests;T:WPA;P:secret;;", Foreign.WIFI),
        ("BEGIN:VEVENT\nSUMMARY:Tour\nEND:VEVENT", Foreign.CALENDAR),
        ("mailto:bob@example.test", Foreign.MAIL),
        ("TEL:+34600111222", Foreign.TELEPHONE),
        ("smsto:+34600111222:hello", Foreign.MESSAGE),
        ("geo:40.4,-3.7", Foreign.PLACE),
        ("otpauth://totp/Acme:bob?secret=JBSWY3DPEHPK3PXP&code=48213", Foreign.ONE_TIME_PASSWORD),
        ("bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", Foreign.PAYMENT),
        ("BCD\n002\n1\nSCT\n\nRed Cross\nBE72000000001616\nEUR1", Foreign.PAYMENT),
        ("SPC\r\n0200\r\n1\r\nCH4431999123000889012", Foreign.PAYMENT),
        (
            "00020101021126580014A000000615000101065887340212MERCHANT00015204581253034585802MY5904SHOP6002KL6304A13F",
            Foreign.PAYMENT,
        ),
        ("market://details?id=com.example", Foreign.APP),
        ("HC1:6BF+70790T9WJWG.FKY*4GO0", Foreign.HEALTH),
        ("javascript:alert(48213)", Foreign.OTHER),
        ("data:text/html,48213", Foreign.OTHER),
        ("https://example.test", Foreign.LINK),
        ("https://example.test/menu", Foreign.LINK),
        ("https://harbourworks.spaces.nexudus.com/tiles/48213/execute", Foreign.LINK),
        ("www.example.test/Speisekarte", Foreign.LINK),
        ("https://example.test/?code=a b", Foreign.LINK),
        ("https://[::1/48213", Foreign.LINK),
        ("https://example.test/?code=%1b%5B2J48213", Foreign.LINK),
    ],
)
def test_what_is_meant_for_something_else_is_told_by_its_kind(payload: str, kind: Foreign) -> None:
    assert read_payload(payload, Via.CAMERA) is kind
    assert read_payload(payload.encode(), Via.READER) is kind


@pytest.mark.parametrize(
    "payload",
    [
        "",
        " \r\n ",
        "Bob Smith",
        "48 2 13",
        "48\x00213",
        "\x1b[31m48213",
        "４８２１３",
        "../../etc/passwd",
        "x" * 65,
        "48213\n48214",
    ],
)
def test_what_is_neither_is_nothing(payload: str) -> None:
    assert read_payload(payload, Via.CAMERA) is None
    assert read_payload(payload.encode(), Via.CAMERA) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16", "shift_jis"])
def test_a_code_is_read_in_every_encoding(encoding: str) -> None:
    assert text_of("https://example.test/v?code=AB-48213".encode(encoding)) == "AB-48213"


def test_a_text_of_another_script_is_not_taken_for_the_letters_among_its_bytes() -> None:
    for japanese in ("アイウ", "ソフト", "表示"):
        assert read_payload(japanese.encode("shift_jis"), Via.CAMERA) is None


def test_a_payload_of_512_bytes_is_read_and_of_one_more_is_nothing() -> None:
    start = "https://example.test/?code=48213&x="
    longest = start + "x" * (LONGEST_PAYLOAD - len(start))

    assert text_of(longest) == "48213"
    assert read_payload(longest + "x", Via.CAMERA) is Foreign.LINK
    assert read_payload("1" * (LONGEST_PAYLOAD + 1), Via.CAMERA) is None
    assert read_payload("48213", Via.CAMERA, length=2_000) is None


def test_a_visiting_card_with_a_picture_is_told_by_its_beginning() -> None:
    assert read_payload(b"BEGIN:VCARD\nPHOTO:" + b"A" * 494, Via.CAMERA, length=2_953) is Foreign.CONTACT


def test_a_badge_of_this_kiosk_is_a_credential_of_its_own() -> None:
    badge = read_payload(f"KIOSK-BADGE:{SECRET}", Via.CAMERA)

    assert badge == Badge(SECRET, Via.CAMERA)
    assert SECRET not in repr(badge)
    for broken in (SECRET[:-1], SECRET + "!", ""):
        assert read_payload(f"kiosk-badge:{broken}", Via.CAMERA) is None


def test_a_card_with_signs_is_its_number_from_a_reader_and_at_the_line_and_nothing_from_a_camera() -> None:
    for via in (Via.READER, Via.LINE):
        for typed in ("123,47672", "ba:38:7b:00:11", ";0008108600?"):
            assert re.fullmatch("[0-9]+", text_of(typed, via) or ""), typed
    assert text_of("123,47672") is None


def test_what_a_scanner_puts_before_a_payload_to_name_the_bar_code_is_no_part_of_it() -> None:
    assert text_of("]Q1012345", Via.READER) == "012345"
    assert text_of("]Q1012345", Via.CAMERA) is None


def test_what_the_person_wants_stays_with_the_code() -> None:
    assert read_payload("48213", Via.READER, Wish.LEAVE) == Code("48213", Via.READER, Wish.LEAVE)


SCHEMES = [b"https://", b"?code=", b"&c=", b"/", b"KIOSK-BADGE:", b"urn:uuid:", b"]Q1", b"WIFI:", b"BEGIN:VCARD\n"]
MARKS = [b"{", b"}", b"\xff\xfe", b"\xef\xbb\xbf", b"\x83A", b"\x1b]0;", b"%1b", b"000201", b"123,45678", b"48213"]
pieces = st.sampled_from([*SCHEMES, *MARKS, GUID.encode()])
payloads = st.binary(max_size=700) | st.lists(pieces | st.binary(max_size=8), max_size=12).map(b"".join)


@given(payloads, st.sampled_from(Via))
@example(b"\xff\xfe\x00\xd8", Via.CAMERA)
@example(b"//[?", Via.READER)
@example(b"http://" + b"%" * 505, Via.LINE)
def test_no_bytes_make_the_parser_fail_or_let_anything_out_of_its_alphabet(payload: bytes, via: Via) -> None:
    shown = read_payload(payload, via)

    if isinstance(shown, (Code, Badge)):
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", shown.text, re.ASCII)
        assert shown.via is via
        assert len(payload) <= LONGEST_PAYLOAD


@given(payloads | st.text(max_size=600), st.sampled_from(Via))
@example("https://x/?code=lnurl1", Via.CAMERA)
def test_a_code_that_was_found_is_found_in_itself(payload: bytes | str, via: Via) -> None:
    shown = read_payload(payload, via)

    if isinstance(shown, Code):
        assert read_payload(shown.text, via) == read_payload(shown.text.encode(), via) == shown


@given(payloads)
def test_of_a_payload_that_is_too_long_nothing_is_told_but_what_it_is_meant_for(payload: bytes) -> None:
    begun = read_payload(payload[:LONGEST_PAYLOAD], Via.CAMERA, length=LONGEST_PAYLOAD + 1)

    assert begun is None or isinstance(begun, Foreign)
