from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.desk.house import House, Texts
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason, Standing, Word
from kiosk.desk.people import Approval, PersonKind
from kiosk.desk.ports import LineStatus, Link
from kiosk.i18n.calendar import clock_words, day_words
from kiosk.i18n.sentences import standing_words, status_words, words_for
from kiosk.i18n.speech import Speech
from tests.desk.samples import NINE

HOUSE = House(7, "The Yard", ZoneInfo("Europe/Madrid"))
ENGLISH = Speech()
LONGEST = 14
"""Words of a detail: about what can be read in the five seconds that a refusal stays."""

SAMPLES = {
    **{kind: Outcome(kind) for kind in OutcomeKind},
    OutcomeKind.WELCOME: Outcome(OutcomeKind.WELCOME, "Ada Lovelace", PersonKind.MEMBER),
    OutcomeKind.GOODBYE: Outcome(OutcomeKind.GOODBYE, "Ada Lovelace", PersonKind.MEMBER),
    OutcomeKind.ALREADY_IN: Outcome(OutcomeKind.ALREADY_IN, "Ada Lovelace", PersonKind.MEMBER, since=NINE),
    OutcomeKind.GREETED: Outcome(OutcomeKind.GREETED, "Ada Lovelace", PersonKind.MEMBER, since=NINE),
    OutcomeKind.LOCKED: Outcome(OutcomeKind.LOCKED, until=NINE),
}


def refused(reason: Reason | None, message: str = "") -> Outcome:
    return Outcome(
        OutcomeKind.REFUSED,
        "Grace Hopper",
        PersonKind.VISITOR,
        expected=NINE,
        reason=reason,
        elsewhere="The Mill." if reason is Reason.ELSEWHERE else "",
        word=Word(Standing.REFUSED, message),
    )


EVERYTHING = [*SAMPLES.values(), *(refused(reason) for reason in (*Reason, None))]


@pytest.mark.parametrize("outcome", EVERYTHING, ids=lambda outcome: f"{outcome.kind}-{outcome.reason}")
def test_every_outcome_has_a_title_of_a_few_words_and_one_detail_that_can_be_read_in_passing(outcome: Outcome) -> None:
    words = words_for(outcome, HOUSE, ENGLISH)

    assert 1 <= len(words.title.split()) <= 3
    assert 1 <= len(words.detail.split()) <= LONGEST
    assert words.detail[-1] in ".!?" or outcome.word.message
    assert not set("{}") & set(words.title + words.detail + words.standing)
    assert words.name == outcome.name


def test_no_two_outcomes_are_said_alike() -> None:
    plain = [outcome for kind, outcome in SAMPLES.items() if kind is not OutcomeKind.REFUSED]
    outcomes = [*plain, *map(refused, Reason)]
    said = {(words.title, words.detail) for words in (words_for(outcome, HOUSE, ENGLISH) for outcome in outcomes)}

    assert len(said) == len(outcomes)


NO_ENTRY = [
    *(refused(reason) for reason in (*Reason, None)),
    *(SAMPLES[kind] for kind in (OutcomeKind.UNKNOWN, OutcomeKind.LOCKED, OutcomeKind.WAITING)),
    *(SAMPLES[kind] for kind in (OutcomeKind.NOTHING_TO_UNDO, OutcomeKind.FAILED)),
]


@pytest.mark.parametrize("outcome", NO_ENTRY, ids=lambda outcome: f"{outcome.kind}-{outcome.reason}")
def test_whoever_is_not_let_in_is_told_what_to_do(outcome: Outcome) -> None:
    words = words_for(outcome, HOUSE, ENGLISH)

    said = f"{words.title} {words.detail}".lower()
    assert any(advice in said for advice in ("see reception", "try again", "take a seat"))


def test_times_and_days_are_the_locations() -> None:
    late = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)

    assert (clock_words(late, HOUSE), day_words(late, HOUSE, Speech())) == ("00:30", "11 March 2026")
    asked = words_for(Outcome(OutcomeKind.ALREADY_IN, since=late), HOUSE, ENGLISH)
    assert asked.detail == "You are in since 00:30."
    locked = words_for(Outcome(OutcomeKind.LOCKED, until=late), HOUSE, ENGLISH)
    assert "00:30" in locked.detail
    tomorrow = words_for(Outcome(OutcomeKind.REFUSED, expected=late, reason=Reason.NOT_YET), HOUSE, ENGLISH)
    assert "11 March 2026" in tomorrow.detail


def test_nexuduss_reason_is_told_in_its_own_words() -> None:
    words = words_for(refused(Reason.NEXUDUS, "Your {plan} has no visits left [/x] %s."), HOUSE, ENGLISH)

    assert words.detail == "Nexudus says: Your {plan} has no visits left [/x] %s."
    assert words.standing == ""


@pytest.mark.parametrize("name", ["{host}", "{0} {", "}{!r}", "%(name)s", "[/x] Bob", "李小龍"])
def test_braces_in_a_name_are_data(name: str) -> None:
    for approval in (Approval.NOT_REQUIRED, Approval.HOLD, Approval.GRANT):
        outcome = Outcome(OutcomeKind.WELCOME, name, PersonKind.VISITOR, host=name, approval=approval, where=name)
        words = words_for(outcome, HOUSE, ENGLISH)

        assert words.name == name
        assert name in words.detail
    assert ENGLISH.say("You are checked in. Your host: {host}", host=name).endswith(f": {name}")


@pytest.mark.parametrize(
    ("approval", "host", "where", "detail"),
    [
        (Approval.HOLD, "Ada Lovelace", "", "Ada Lovelace will collect you here."),
        (Approval.HOLD, "", "", "Your host will collect you here."),
        (Approval.GRANT, "Ada Lovelace", "Engines Ltd", "Please go to Ada Lovelace, at Engines Ltd."),
        (Approval.GRANT, "Ada Lovelace", "", "Please go to Ada Lovelace."),
        (Approval.GRANT, "", "", "You are expected: please go in."),
        (Approval.NOT_REQUIRED, "Ada Lovelace", "Engines Ltd", "You are checked in. Your host: Ada Lovelace"),
        (Approval.NOT_REQUIRED, "", "", "You are checked in."),
    ],
)
def test_a_visitor_is_told_whether_to_wait_or_where_to_go(
    approval: Approval, host: str, where: str, detail: str
) -> None:
    outcome = Outcome(OutcomeKind.WELCOME, "Grace Hopper", PersonKind.VISITOR, host, approval, where=where)

    assert words_for(outcome, HOUSE, ENGLISH).detail == detail


def test_the_wifi_code_comes_with_the_welcome_and_is_data() -> None:
    outcome = Outcome(OutcomeKind.WELCOME, "Grace Hopper", PersonKind.VISITOR, wifi="{a}[/x]")

    assert words_for(outcome, HOUSE, ENGLISH).detail == "You are checked in. Wi-Fi code: {a}[/x]"
    hosted = replace(outcome, host="Ada King")
    assert words_for(hosted, HOUSE, ENGLISH).detail == "You are checked in. Your host: Ada King. Wi-Fi code: {a}[/x]"
    assert "{a}" not in repr(outcome)


def test_a_visit_at_another_location_is_told_by_its_name() -> None:
    outcome = replace(refused(Reason.ELSEWHERE), elsewhere="Harbour Works Norte")

    assert words_for(outcome, HOUSE, ENGLISH).detail == "Your invitation is for another location: Harbour Works Norte"


def test_the_locations_own_texts_replace_the_kiosks_and_are_data_as_well() -> None:
    texts = Texts(**{field.name: f"{{own}} {field.name}" for field in fields(Texts)})
    house = House(7, "The Yard", texts=texts)

    def said(kind: OutcomeKind, person: PersonKind) -> tuple[str, str]:
        words = words_for(Outcome(kind, "Ada", person), house, ENGLISH)
        return words.title, words.detail

    assert said(OutcomeKind.WELCOME, PersonKind.MEMBER) == ("{own} welcome_title", "{own} welcome_member")
    assert said(OutcomeKind.WELCOME, PersonKind.VISITOR) == ("{own} welcome_title", "{own} welcome_visitor")
    assert said(OutcomeKind.GOODBYE, PersonKind.MEMBER) == ("{own} goodbye_title", "{own} goodbye")


def test_what_nexudus_has_said_is_told_honestly() -> None:
    said = {standing: standing_words(Word(standing), ENGLISH) for standing in Standing}

    assert said[Standing.NONE] == said[Standing.REFUSED] == ""  # nothing to say; the reason is in the detail
    assert len(set(said.values())) == len(Standing) - 1
    assert [standing for standing in Standing if "confirmed" in said[standing].lower()] == [Standing.CONFIRMED]
    assert all(len(words.split()) <= LONGEST for words in said.values())
    outcome = Outcome(OutcomeKind.WELCOME, word=Word(Standing.QUEUED))
    assert words_for(outcome, HOUSE, ENGLISH).standing == said[Standing.QUEUED]


VISIT = Outcome(OutcomeKind.WELCOME, "Grace", PersonKind.VISITOR, "Ada Lovelace")


@pytest.mark.parametrize(
    ("outcome", "standing", "said"),
    [
        (VISIT, Standing.CONFIRMED, "Nexudus has your visit and tells Ada Lovelace."),
        (VISIT, Standing.QUEUED, "Recorded here. Ada Lovelace is told when the line is back."),
        (VISIT, Standing.AWAITED, "Telling Nexudus…"),
        (replace(VISIT, kind=OutcomeKind.WAITING), Standing.CONFIRMED, "Nexudus has your visit and asks Ada Lovelace."),
        (replace(VISIT, host=""), Standing.CONFIRMED, "Confirmed by Nexudus."),
        (replace(VISIT, kind=OutcomeKind.GOODBYE), Standing.CONFIRMED, "Confirmed by Nexudus."),
    ],
)
def test_that_a_host_is_told_is_said_only_once_nexudus_has_the_visit(
    outcome: Outcome, standing: Standing, said: str
) -> None:
    assert words_for(replace(outcome, word=Word(standing)), HOUSE, ENGLISH).standing == said


NO_HELP = (OutcomeKind.WELCOME, OutcomeKind.GOODBYE, OutcomeKind.ALREADY_IN, OutcomeKind.GREETED, OutcomeKind.UNDONE)


@pytest.mark.parametrize("outcome", EVERYTHING, ids=lambda outcome: f"{outcome.kind}-{outcome.reason}")
def test_every_refusal_says_how_to_reach_reception_where_that_is_set(outcome: Outcome) -> None:
    house = replace(HOUSE, reception="Dial 9 on the white phone.")
    helped = outcome.kind not in (*NO_HELP, OutcomeKind.ASK_INITIAL)

    assert words_for(outcome, house, ENGLISH).help == ("Dial 9 on the white phone." if helped else "")
    assert words_for(outcome, HOUSE, ENGLISH).help == ""


def test_what_could_not_be_taken_back_whole_sends_to_reception_with_the_reason() -> None:
    house = replace(HOUSE, reception="Dial 9.")
    told = Outcome(OutcomeKind.UNDONE, word=Word(Standing.REFUSED, "a pass was charged"))

    words = words_for(told, house, ENGLISH)

    assert (words.title, words.detail, words.help) == (
        "Undone here",
        "Please tell reception: a pass was charged",
        "Dial 9.",
    )


def test_the_line_is_said_in_a_few_words_with_what_waits() -> None:
    said = {link: status_words(LineStatus(link, 0, 0), ENGLISH) for link in Link}

    assert len(set(said.values())) == len(Link)
    assert status_words(LineStatus(Link.OFFLINE, 1, 0), ENGLISH) == f"{said[Link.OFFLINE]} · 1 waiting"
    assert status_words(LineStatus(Link.ONLINE, 12, 0), ENGLISH) == f"{said[Link.ONLINE]} · 12 waiting"


def test_a_sign_in_that_will_end_is_said_while_the_line_is_up() -> None:
    ends = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)

    said = {link: status_words(LineStatus(link, 0, 0, sign_in_ends=ends), ENGLISH) for link in Link}

    assert said[Link.ONLINE] == "Staff: sign in soon"
    assert said[Link.OFFLINE] == "Offline"
