from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.credentials import Code, Via, Wish
from kiosk.desk.people import Consent
from kiosk.line.commands import (
    BareCode,
    Choice,
    Command,
    Form,
    Group,
    Leave,
    Mistake,
    Visit,
    initial_in,
    read_request,
)
from kiosk.line.vocabulary import COMMANDS, Verb
from kiosk.text import clean


def code(text: str, wish: Wish = Wish.UNSAID, initial: str | None = None) -> Code:
    return Code(text, Via.LINE, wish, initial)


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ("pin 1234", Command(Verb.PIN, code("1234"))),
        ("PIN 1234", Command(Verb.PIN, code("1234"))),
        ("Code V-77ab", Command(Verb.CODE, code("V-77ab"))),
        ("pin 12 34", Command(Verb.PIN, code("1234"))),
        ("pin 1234 m", Command(Verb.PIN, code("1234", initial="M"))),
        ("pin 1234 É", Command(Verb.PIN, code("1234", initial="E"))),
        ("pin 1234 #", Command(Verb.PIN, code("1234", initial="#"))),
        ("out 1234", Command(Verb.OUT, code("1234", Wish.LEAVE))),
        ("out 1234 M", Command(Verb.OUT, code("1234", Wish.LEAVE, "M"))),
        ("pin x", Command(Verb.PIN, code("x"))),
        ("pin ?!", Command(Verb.PIN)),
        ("pin ?! M", Command(Verb.PIN)),
        ("Status", Command(Verb.STATUS)),
        ("1", Choice.MEMBER),
        ("6", Choice.END),
        ("0", Choice.BACK),
        ("1234", BareCode(code("1234"))),
        ("status1", BareCode(code("status1"))),
        ("https://example.com/visit?code=AB12", BareCode(code("AB12"))),
        ("code https://example.com/visit?code=AB12 m", Command(Verb.CODE, code("AB12", initial="M"))),
        ("0012345678", BareCode(code("0012345678"))),
        ("123,47672", BareCode(code("8108600"))),
        ("pin 01 23 45 67", Command(Verb.PIN, code("01234567"))),
        ("WIFI:S:guests;P:12345;;", Mistake.FOREIGN),
        ("BEGIN:VCARD", Mistake.FOREIGN),
        ("https://example.com/menu", Mistake.FOREIGN),
        ("code mailto:bob@example.com", Mistake.FOREIGN),
        ("status:", Mistake.NOT_UNDERSTOOD),
        ("pin", Mistake.CODE_MISSING),
        ("out", Mistake.CODE_MISSING),
        ("undo 5", Mistake.TOO_MUCH),
        ("7", Choice.REGISTER),
        ("10", Choice.LANGUAGE),
        ("11", Mistake.NOT_UNDERSTOOD),
        ("8", Choice.LEAVING_BY_NAME),
        ("register", Mistake.VISIT_INCOMPLETE),
        ("register email=a@b.de; host=ada", Form("email=a@b.de; host=ada")),
        ("another email=a@b.de", Form("email=a@b.de", Group.NEXT)),
        ("agree register email=a@b.de", Form("email=a@b.de", Group.FIRST, Consent.GIVEN)),
        ("agree another email=a@b.de", Form("email=a@b.de", Group.NEXT, Consent.GIVEN)),
        ("leave", Mistake.NAME_MISSING),
        ("leave Grace H", Leave("Grace H")),
        ("visit Ana de la Cruz ana@acme.org Zoë Lindqvist", Visit("Ana de la Cruz", "ana@acme.org", "Zoë Lindqvist")),
        ("VISIT Ana ana@acme.org", Visit("Ana", "ana@acme.org", "")),
        ("agree visit Ana ana@acme.org", Visit("Ana", "ana@acme.org", "", Consent.GIVEN)),
        ("visit", Mistake.VISIT_INCOMPLETE),
        ("visit Ana Zoë", Mistake.VISIT_INCOMPLETE),
        ("visit ana@acme.org Zoë", Mistake.VISIT_INCOMPLETE),
        ("agree 1234", Command(Verb.AGREE, code("1234").agreeing())),
        ("agree 1234 m", Command(Verb.AGREE, code("1234", initial="M").agreeing())),
        ("agree", Mistake.CODE_MISSING),
        ("terms", Command(Verb.TERMS)),
        ("terms 1", Mistake.TOO_MUCH),
        ("12", Mistake.NOT_UNDERSTOOD),
        ("1 2 3 4", Mistake.NOT_UNDERSTOOD),
        ("frobnicate 1234", Mistake.NOT_UNDERSTOOD),
        ("?!12", Mistake.NOT_UNDERSTOOD),
    ],
)
def test_a_line_is_read_as_what_it_asks_for(line: str, request_: object) -> None:
    assert read_request(line) == request_


@pytest.mark.parametrize("slip", ["staus", "undoo", "exit", "hello"])
def test_a_command_spelt_wrong_is_no_wrong_code(slip: str) -> None:
    assert read_request(slip) is Mistake.NOT_UNDERSTOOD


@given(st.text(min_size=1).map(clean).filter(bool))
def test_any_clean_line_can_be_read(line: str) -> None:
    assert isinstance(read_request(line), Command | BareCode | Choice | Mistake)


def test_a_code_is_not_shown_where_a_command_is() -> None:
    assert "1234" not in repr(read_request("pin 1234")) + repr(read_request("1234"))


@pytest.mark.parametrize(
    ("typed", "initial"),
    [("m", "M"), ("Martin", "M"), ("'t Hooft", "T"), ("ø", "O"), ("Ж", "#"), ("#", "#"), ("5", None)],
)
def test_the_first_letter_of_what_was_typed_counts(typed: str, initial: str | None) -> None:
    assert initial_in(typed) == initial


def test_every_command_is_explained() -> None:
    assert {words.partition(" ")[0] for words in COMMANDS} == set(Verb)
