"""A scanner that types, told from a person by how fast."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.credentials import LONGEST_PAYLOAD, Code, Via
from kiosk.desk.foreign import Foreign
from kiosk.desk.keys import EveryKeyAsTyped, Keystroke, News, Scan
from kiosk.sensors.layouts import as_meant
from kiosk.sensors.wedge import FEWEST_KEYS, SECONDS_AGAIN, SECONDS_BETWEEN_KEYS, SECONDS_OF_QUIET, Wedge

NAMES = {"\r": "enter", "\t": "tab", "\n": "ctrl+j", "\x1b": "escape"}
QUICK, SLOW = 0.01, 0.06


def key(char: str, at: float) -> Keystroke:
    return Keystroke(NAMES.get(char, char), char, at)


class Typing:
    """Keys go in, and what came out is kept."""

    def __init__(self) -> None:
        self.wedge = Wedge()
        self.now = 100.0
        self.out: list[Keystroke | Scan] = []

    def type(self, text: str, pause: float = QUICK) -> Typing:
        for char in text:
            self.now += pause
            self.out += self.wedge.take(key(char, self.now))
        return self

    def wait(self, seconds: float) -> Typing:
        self.now += seconds
        self.out += self.wedge.settle(self.now)
        return self

    @property
    def scans(self) -> list[Scan]:
        return [one for one in self.out if isinstance(one, Scan)]

    @property
    def shown(self) -> list[object]:
        return [scan.shown for scan in self.scans]

    @property
    def typed(self) -> str:
        return "".join(one.character or "" for one in self.out if isinstance(one, Keystroke))


def code(text: str) -> Code:
    return Code(text, Via.READER)


@pytest.mark.parametrize("end", ["\r", "\t", "\n", "\r\n", "\r\r"])
def test_a_fast_run_of_keys_with_its_end_is_a_scan_and_nothing_of_it_is_typed(end: str) -> None:
    typing = Typing().type("0012345678" + end).wait(1)

    assert typing.shown == [code("0012345678")]
    assert typing.typed == ""


def test_all_in_one_read_is_a_scan() -> None:
    assert Typing().type("228904\r", pause=0).shown == [code("228904")]


def test_what_is_scanned_is_taken_apart_like_any_payload() -> None:
    typing = Typing()
    for payload in ("https://example.test/?code=AB12", "WIFI:S:guests;;", "123,47672", "]Q1AB12", "no code!"):
        typing.type(f"{payload}\r").wait(1)

    assert typing.shown == [code("AB12"), Foreign.WIFI, code("8108600"), code("AB12"), None]


def test_a_person_is_never_taken_for_a_scanner() -> None:
    typing = Typing().type("04271\r", pause=SLOW)

    assert typing.shown == []
    assert typing.typed == "04271\r"


def test_a_run_without_its_end_is_given_back_as_it_was_typed() -> None:
    typing = Typing().type("04271")
    assert typing.typed == ""

    typing.wait(SLOW)
    assert typing.typed == "04271"


def test_a_run_that_was_given_back_goes_on_as_typed_so_that_half_a_payload_is_no_scan() -> None:
    typing = Typing().type("00123")
    typing.out += typing.wedge.settle(typing.now + SLOW)  # the kiosk was busy, and looked at the clock late
    typing.type("45678\r")

    assert typing.shown == []
    assert typing.typed == "0012345678\r"


def test_keys_before_a_pause_are_no_part_of_a_scan() -> None:
    typing = Typing().type("9").wait(1).type("228904\r")

    assert typing.typed == "9"
    assert typing.shown == [code("228904")]


@pytest.mark.parametrize("stall", [SLOW, 0.2, SECONDS_OF_QUIET - QUICK])
def test_a_scan_in_whose_middle_the_kiosk_was_busy_is_typed_and_its_second_half_is_no_scan(stall: float) -> None:
    typing = Typing().type("00123").wait(stall).type("45678\r")

    assert typing.shown == []
    assert typing.typed == "0012345678\r"


def test_while_somebody_types_nothing_is_held_back_but_the_first_key() -> None:
    typing = Typing()
    typed = []
    for char in "0427":
        typing.type(char, pause=0.2)
        typed.append(typing.typed)

    assert typed == ["", "04", "042", "0427"]


def test_a_scan_may_follow_an_enter_that_was_typed() -> None:
    typing = Typing().type("04271\r", pause=SLOW).wait(SLOW).type("228904\r")

    assert typing.shown == [code("228904")]


def test_an_enter_by_hand_makes_no_scan_of_what_was_pasted() -> None:
    typing = Typing().type("0012345678").type("\r", pause=SLOW)

    assert typing.shown == []
    assert typing.typed == "0012345678\r"


def test_two_keys_and_an_enter_that_fall_together_are_typed() -> None:
    assert Typing().type("7" * (FEWEST_KEYS - 1) + "\r").typed == "77\r"
    assert Typing().type("7" * FEWEST_KEYS + "\r").shown == [code("777")]


def test_a_key_that_types_nothing_passes_at_once_and_after_what_was_held() -> None:
    typing = Typing().type("\x1b").type("ab\x1b")

    assert typing.typed == "\x1bab\x1b"


def test_a_scan_right_after_a_key_that_types_nothing_is_one() -> None:
    assert Typing().type("\x1b228904\r").shown == [code("228904")]


def test_the_lines_of_one_payload_are_one_scan() -> None:
    typing = Typing().type("BEGIN:VCARD\rVERSION:3.0\rN:Rey;Tomas\rEND:VCARD\r").wait(1)

    assert typing.shown == [Foreign.CONTACT]
    assert typing.typed == ""


def test_what_follows_a_scan_without_a_pause_and_without_an_end_is_typed() -> None:
    typing = Typing().type("04271\rw").wait(SLOW)

    assert typing.shown == [code("04271")]
    assert typing.typed == "w"


def test_a_card_that_stays_on_its_reader_is_news_once() -> None:
    typing = Typing()
    for _ in range(4):
        typing.type("0012345678\r").wait(0.5)
    typing.type("0087654321\r").wait(SECONDS_AGAIN)
    typing.type("0087654321\r")

    assert [scan.news for scan in typing.scans] == [News.NEW, *[News.AGAIN] * 3, News.NEW, News.NEW]


def test_of_a_run_that_does_not_end_no_more_is_kept_than_of_the_longest_payload() -> None:
    typing = Typing().type("7" * 10_000)
    typing.wait(SLOW)
    assert typing.typed == "7" * (LONGEST_PAYLOAD + 1)

    assert Typing().type("7" * 10_000 + "\r").shown == [None]


def test_a_scan_shows_nothing_of_its_keys() -> None:
    (scan,) = Typing().type("228904\r").scans

    assert "228904" not in repr(scan)
    assert "'2'" not in repr(scan.keys)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0012345678", "0012345678"),
        ("àà&é\"'(-è_", "0012345678"),
        ("ÀÀ&É\"'(-È_", "0012345678"),
        ("àà&é\"'(§è!", "0012345678"),
        ("éé+ěščřžýá", "0012345678"),
        ("éé+ľščťžýá", "0012345678"),
        ("öö12345678", "0012345678"),
        ("٠٠١٢٣٤٥٦٧٨", "0012345678"),
        ("INV)'_é&\"", "INV-48213"),
        ("https:!!ezq;co,!?code=48213", "https:!!ezq;co,!?code=48213"),
        ("", ""),
    ],
)
def test_a_number_is_meant_as_it_stands_on_the_scanners_own_keyboard(typed: str, meant: str) -> None:
    assert as_meant(typed) == meant


def test_an_address_typed_for_an_american_keyboard_is_found_on_a_french_one() -> None:
    assert as_meant("httpsM!!hqrbour:test!§code=éèùQ") == "https://harbour.test/?code=27'A"


strokes = st.lists(
    st.tuples(st.sampled_from("0123abZ\r\t\x1b é"), st.sampled_from([0.0, QUICK, SECONDS_BETWEEN_KEYS, SLOW, 1.0])),
    max_size=40,
)


def run(pairs: Sequence[tuple[str, float]]) -> tuple[list[Keystroke], list[Keystroke | Scan]]:
    wedge, now = Wedge(), 0.0
    typed: list[Keystroke] = []
    out: list[Keystroke | Scan] = []
    for char, pause in pairs:
        now += pause
        typed.append(key(char, now))
        out += wedge.take(typed[-1])
    return typed, [*out, *wedge.settle(now + 1)]


@given(strokes)
def test_no_key_is_lost_or_doubled_or_changes_its_place(pairs: list[tuple[str, float]]) -> None:
    typed, out = run(pairs)
    came = [one for part in out for one in (part.keys if isinstance(part, Scan) else (part,))]
    places = [index for one in came for index, key_ in enumerate(typed) if key_ is one]

    assert places == sorted(set(places))
    lost = [typed[place] for place in range(len(typed)) if place not in places]
    assert not lost or any(isinstance(part, Scan) for part in out), "only what belongs to a scan goes with it"


@given(strokes)
def test_every_pause_of_a_scan_is_short_and_every_scan_has_its_end(pairs: list[tuple[str, float]]) -> None:
    for part in run(pairs)[1]:
        if isinstance(part, Scan):
            pauses = [after.at - before.at for before, after in zip(part.keys, part.keys[1:], strict=False)]
            assert max(pauses) <= SECONDS_BETWEEN_KEYS
            assert part.keys[-1].key in ("enter", "tab")
            assert len(part.keys) > FEWEST_KEYS


def test_without_a_scanner_every_key_passes_as_it_is() -> None:
    keys = EveryKeyAsTyped()
    pressed = key("4", 1.0)

    assert keys.take(pressed) == (pressed,)
    assert keys.settle(2.0) == ()
    assert keys.holds_until() is None
