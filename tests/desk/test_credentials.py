from __future__ import annotations

import re
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.desk.credentials import Code, Via, Wish, read_code

GUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def text_of(payload: str, via: Via = Via.CAMERA) -> str | None:
    code = read_code(payload, via)
    return code.text if code else None


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ("48213", "48213"),
        (" \t48213\r\n", "48213"),
        ("AbC-12_x", "AbC-12_x"),
        (GUID, GUID),
        (GUID.replace("-", "").upper(), GUID.replace("-", "").upper()),
        ("https://spaces.nexudus.com/visitors/checkin?code=48213", "48213"),
        ("https://spaces.nexudus.com/v?lang=es&Token=AbC&x=1", "AbC"),
        ("HTTPS://SPACES.NEXUDUS.COM/?C=48%32%313", "48213"),
        (f"https://spaces.nexudus.com/visitors/{GUID}/", GUID),
        ("nexudus://visit/48213#top", "48213"),
    ],
)
def test_the_code_is_found_in_whatever_form_an_invitation_holds_it(payload: str, text: str) -> None:
    assert text_of(payload) == text


@pytest.mark.parametrize(
    "payload",
    [
        "",
        " \n ",
        "1" * 10_000,
        "https://spaces.nexudus.com/?code=" + "1" * 10_000,
        "https://spaces.nexudus.com/?code=48213&then=" + "x" * 600,
        "x" * 65,
        "48\x00213",
        "\x1b[31m48213",
        "https://x/?code=%1b%5B2J48213",
        "javascript:alert(48213)",
        "WIFI:S:lobby;T:WPA;P:secret;;",
        "BEGIN:VCARD\nN:Bob",
        "[/x] Bob",
        "４８２１３",
        "٤٨٢١٣",
        "https://[::1/48213",
        "https://spaces.nexudus.com",
        "https://spaces.nexudus.com/?code=a b",
        "mailto:bob@example.com",
        "../../etc/passwd",
    ],
)
def test_what_can_be_no_code_is_none(payload: str) -> None:
    assert read_code(payload, Via.CAMERA) is None


def test_spaces_between_typed_digits_do_not_count_and_between_scanned_ones_make_it_no_code() -> None:
    assert text_of("48 2 13", Via.KEYPAD) == "48213"
    assert text_of("48 2 13", Via.LINE) == "48213"
    assert text_of("48 2 13", Via.CAMERA) is None


def test_a_guid_is_the_same_in_both_its_forms_and_nothing_else_is_one() -> None:
    dashed, bare = read_code(GUID, Via.CAMERA), read_code(GUID.replace("-", "").upper(), Via.KEYPAD)

    assert dashed is not None
    assert bare is not None
    assert dashed.unique_id == bare.unique_id == GUID
    for text in ["48213", "g" * 32, "x" * 36, GUID[:-1]]:
        assert Code(text, Via.CAMERA).unique_id is None


def test_what_a_person_adds_makes_a_new_credential_and_keeps_the_code() -> None:
    code = Code("48213", Via.KEYPAD)

    assert code.leaving() == Code("48213", Via.KEYPAD, Wish.LEAVE)
    assert code.leaving().with_initial("ø").initial == "Ø"
    assert code == Code("48213", Via.KEYPAD)


def test_a_code_is_not_shown_by_its_representation() -> None:
    assert "48213" not in repr(Code("48213", Via.KEYPAD).with_initial("L"))


addresses = st.builds(
    "{}://{}{}?{}={}".format,
    st.sampled_from(["https", "javascript", "file", "x"]),
    st.text(max_size=20),
    st.text(max_size=20),
    st.sampled_from(["code", "C", "v", "Token", "q"]),
    st.text(max_size=80),
)


@given(st.one_of(st.text(), addresses, st.text(string.printable, max_size=80)), st.sampled_from(Via))
@example("https://[/48213", Via.CAMERA)
@example("://\ud800?code=\ud800", Via.LINE)
def test_reading_never_fails_and_gives_nothing_outside_its_alphabet(payload: str, via: Via) -> None:
    code = read_code(payload, via, Wish.LEAVE)

    if code is not None:
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", code.text, re.ASCII)
        assert (code.via, code.wish, code.initial) == (via, Wish.LEAVE, None)
        assert code.unique_id is None or re.fullmatch(r"[0-9a-f-]{36}", code.unique_id)
