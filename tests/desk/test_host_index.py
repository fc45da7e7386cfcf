"""Whom a visitor means by what they have typed."""

from __future__ import annotations

import pytest

from kiosk.desk.host_index import HostIndex
from kiosk.desk.hosts import MOST_FOUND, PAGE_SIZE, Host, HostChoice, HostHint, HostPage, HostRules
from kiosk.desk.people import PersonId, PersonKind


def host(number: int, name: str, company: str = "") -> Host:
    return Host(PersonId(PersonKind.MEMBER, number), name, company)


ZOE = host(1, "Zoë Lindqvist", "Nordlys Games")
ANA = host(2, "Ana Ruiz", "Marea Legal")
SALA = host(3, "Ana Ruiz Sala")
MAREA = host(4, "Marea Legal")
JOSE = host(5, "José Ana-María O’Brien", "Łódź & Søn")
GROSS = host(6, "Strauß, Günter")
LI = host(7, "李小龍")
SATO = host(8, "さとう")
EVERYBODY = [ZOE, ANA, SALA, MAREA, JOSE, GROSS, LI, SATO]
OPEN = HostRules()


def index(hosts: list[Host] = EVERYBODY, rules: HostRules = OPEN) -> HostIndex:
    by_number = {one.id.number: one for one in hosts}
    return HostIndex(hosts, rules, by_number.get)


def found(typed: str, rules: HostRules = OPEN) -> list[Host]:
    return list(index(rules=rules).search(typed).hosts)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zoe", [ZOE]),
        ("ZOË LIND", [ZOE]),
        ("lindqvist zoë", [ZOE]),
        ("nordlys", [ZOE]),
        ("ana games", []),
        ("obrien", [JOSE]),
        ("o'brien", [JOSE]),
        ("lodz son", [JOSE]),
        ("strauss", [GROSS]),
        ("gunter stra", [GROSS]),
        ("  zoe,  ", [ZOE]),
    ],
)
def test_words_begin_words_of_the_name_or_company_without_regard_to_case_accents_and_signs(
    typed: str, meant: list[Host]
) -> None:
    assert found(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ana", [ANA, SALA, JOSE]),
        ("ana ruiz", [ANA, SALA]),
        ("marea legal", [MAREA, ANA]),
        ("marea", [MAREA, ANA]),
        ("ria", [JOSE]),
        ("ruiz", [ANA, SALA]),
    ],
)
def test_the_whole_name_comes_first_then_its_beginning_then_its_words_then_the_company(
    typed: str, meant: list[Host]
) -> None:
    assert found(typed) == meant


def test_the_inside_of_a_word_comes_after_the_beginnings() -> None:
    inside = host(10, "Adriana Vega")

    assert list(index([inside, ANA]).search("ana").hosts) == [ANA, inside]


@pytest.mark.parametrize("typed", ["", " ", "a", "an", "a n", "--", "ß"])
def test_too_few_letters_show_nobody_and_ask_for_more(typed: str) -> None:
    assert index().search(typed) == HostPage(hint=HostHint.TYPE_ON)


@pytest.mark.parametrize(("typed", "meant"), [("李", LI), ("小龍", LI), ("さ", SATO), ("とう", SATO)])
def test_where_a_character_is_a_word_one_is_enough_and_may_stand_anywhere(typed: str, meant: Host) -> None:
    assert found(typed) == [meant]


def test_nobody_of_that_name_is_said() -> None:
    assert index().search("nemo") == HostPage(hint=HostHint.NOBODY)


def test_pages_hold_a_few_and_a_page_beyond_the_last_is_the_last() -> None:
    many = index([host(number, f"Ana Number{number:02}") for number in range(12)])

    first, last, beyond = (many.search("ana", page) for page in (0, 2, 9))

    assert [one.name for one in first.hosts] == [f"Ana Number{number:02}" for number in range(PAGE_SIZE)]
    assert (first.page, first.pages, first.hint, first.meant) == (0, 3, HostHint.CHOOSE, None)
    assert len(last.hosts) == 2
    assert beyond == last
    assert many.search("ana", -1) == first


def test_nobody_pages_through_the_house_by_three_letters() -> None:
    page = index([host(number, f"Ana Number{number}") for number in range(500)]).search("ana")

    assert page.pages * PAGE_SIZE == MOST_FOUND
    assert page.hint is HostHint.TYPE_ON


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("zoe", ZOE), ("ana ruiz", ANA), ("marea legal", MAREA), ("ana", None), ("marea", None), ("ria", None)],
)
def test_only_one_whose_words_begin_so_or_of_that_name_is_meant_beyond_doubt(typed: str, meant: Host | None) -> None:
    assert index().search(typed).meant == meant


def test_two_of_one_name_are_never_told_apart_by_it() -> None:
    twins = index([host(1, "Ana Ruiz", "Marea Legal"), host(2, "Ana Ruiz", "Nordlys")])

    assert twins.search("ana ruiz").meant is None
    assert len(twins.search("ana ruiz").hosts) == 2


FULL = HostRules(HostChoice.FULL_NAME)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zoe", []),
        ("zoë lindqvis", []),
        ("zoe lindqvist", [ZOE]),
        ("Ana Ruiz", [ANA]),
        ("marea legal", [MAREA]),
        ("nordlys games", [ZOE]),
        ("李小龍", [LI]),
        ("李", []),
    ],
)
def test_by_full_name_nobody_is_shown_before_a_whole_name_or_company(typed: str, meant: list[Host]) -> None:
    page = index(rules=FULL).search(typed)

    assert list(page.hosts) == meant
    assert page.hint is (HostHint.CHOOSE if meant else HostHint.TYPE_ON), "an unknown name is answered like half a one"


def test_a_list_shows_everybody_by_name_and_one_letter_narrows_it() -> None:
    everybody = index(rules=HostRules(HostChoice.LIST))

    assert [one.name for one in everybody.search("").hosts] == [
        "Ana Ruiz",
        "Ana Ruiz Sala",
        "José Ana-María O’Brien",
        "Marea Legal",
        "Strauß, Günter",
    ]
    assert everybody.search("").meant is None
    assert everybody.search("z").hosts == (ZOE,)


@pytest.mark.parametrize(
    ("rules", "shown"),
    [
        (HostRules(HostChoice.LIST, allowed=("marea legal", "ZOE LINDQVIST")), [ANA, MAREA, ZOE]),
        (HostRules(HostChoice.LIST, denied=("Marea Legal", "zoe lindqvist", "李小龍", "さとう", "Strauß Günter")),
         [SALA, JOSE]),
        (HostRules(HostChoice.LIST, allowed=("Marea Legal",), denied=("Ana Ruiz",)), [MAREA]),
    ],
)  # fmt: skip
def test_whoever_is_allowed_or_denied_by_name_or_company_is_offered_or_not(rules: HostRules, shown: list[Host]) -> None:
    assert list(index(rules=rules).search("").hosts) == shown


def test_whoever_has_gone_since_is_left_out() -> None:
    gone = HostIndex(EVERYBODY, OPEN, lambda number: None)

    assert gone.search("zoe") == HostPage(page=0, pages=1, hint=HostHint.NOBODY)


@pytest.mark.parametrize("typed", ["\n", "\t", "\x00ana", "[/x]", "ana\ud800", "a" * 5000, "‮ana"])
def test_hostile_text_finds_somebody_or_nobody_and_breaks_nothing(typed: str) -> None:
    assert index().search(typed).hint in HostHint


def test_a_host_is_told_with_the_company() -> None:
    assert (str(ZOE), str(SALA)) == ("Zoë Lindqvist (Nordlys Games)", "Ana Ruiz Sala")
