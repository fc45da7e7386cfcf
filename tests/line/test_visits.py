"""Visitors at the plain-text desk: whoever has no invitation, and the terms that come first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.house import Texts
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import Consent, PersonKind
from tests.line.scripted import HOSTS, HOUSE, ScriptedDesk, talk, welcome

TERMS = replace(HOUSE, texts=Texts(terms="**Visiting**\n\nStay with your host.\nKeep quiet."))
ASKED = Outcome(OutcomeKind.ASK_TERMS, "Tomás Rey", PersonKind.VISITOR)
AGREEMENT = "1 I agree to these terms. 2 I do not agree. Type a number, or 0 to go back."
NAME = "Your name, or 0 to go back:"
EMAIL = "Your e-mail address, or 0 to go back:"
WHOM = "Whom do you visit? Type part of the name or company, - for nobody, or 0 to go back:"


def answers(lines: list[str]) -> list[str]:
    """What a person reads, without the menu."""
    return [line for line in lines if not line.startswith(("Harbour Works.", "Type a number, your code"))]


async def test_a_script_registers_a_visitor_in_one_line() -> None:
    desk = ScriptedDesk()

    assert await talk(desk, "visit Ana de la Cruz ana@acme.org lindqvist\nvisit Jo jo@acme.org\nundo\n") == [
        "welcome Ana de la Cruz: You are checked in. Your host: Zoë Lindqvist Confirmed by Nexudus. [confirmed]",
        "welcome Jo: You are checked in. Confirmed by Nexudus. [confirmed]",
        "undone As if nothing had happened. Telling Nexudus… [queued]",
    ]
    first, second = desk.forms
    assert (first[0].name, first[0].email, first[0].host) == ("Ana de la Cruz", "ana@acme.org", HOSTS[3])
    assert second[0].host is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "visit Ana ana@acme.org nobody",
            "error Nobody of that name can be visited here. Type another part of the name.",
        ),
        (
            "visit Ana ana@acme.org marea",
            "error Several can be meant: Ana Ruiz (Marea Legal); Marea Legal. Type more of the name.",
        ),
        ("visit Ana ana@acme", "error That is no e-mail address. Without one, Nexudus takes no visitor."),
        ("visit ?! ana@acme.org", "error A name is needed."),
        ("visit Ana", "error To register, type: visit NAME EMAIL HOST"),
        ("7", "error To register, type: visit NAME EMAIL HOST"),
    ],
)
async def test_a_line_that_is_not_enough_says_what_is_missing_and_registers_nobody(line: str, said: str) -> None:
    desk = ScriptedDesk()

    assert await talk(desk, line) == [said]
    assert desk.forms == []


async def test_a_script_is_told_how_to_read_the_terms_and_how_to_agree() -> None:
    desk = ScriptedDesk({"1234": ASKED, "agree 1234": welcome("Tomás Rey")}, house=TERMS)

    assert await talk(desk, "pin 1234\nterms\nagree 1234\n") == [
        "ask-terms Tomás Rey: The terms come first; terms lists them. To agree, type: agree CODE",
        "terms **Visiting**",
        "terms",
        "terms Stay with your host.",
        "terms Keep quiet.",
        "welcome Tomás Rey: You are checked in. Have a good day! Confirmed by Nexudus. [confirmed]",
    ]
    assert desk.shown == ["1234", "agree 1234"]


async def test_a_script_agrees_for_whoever_registers() -> None:
    desk = ScriptedDesk(house=TERMS)

    first, second = await talk(desk, "visit Ana ana@acme.org\nagree visit Ana ana@acme.org\n")

    assert first.endswith("To agree, type: agree visit NAME EMAIL HOST")
    assert second.startswith("welcome Ana:")
    assert [consent for _, consent in desk.forms] == [Consent.GIVEN]


async def test_where_there_are_no_terms_that_is_said() -> None:
    assert await talk(ScriptedDesk(), "terms") == ["terms there are none"]


async def test_a_person_registers_question_by_question() -> None:
    desk = ScriptedDesk(house=TERMS)

    lines = answers(await talk(desk, "7\nAna Prueba\nana@acme.org\nmarea\nruiz sala\n1\n", prompts=True))

    assert lines == [
        NAME,
        EMAIL,
        WHOM,
        "error Several can be meant: Ana Ruiz (Marea Legal); Marea Legal. Type more of the name.",
        WHOM,
        "**Visiting**",
        "Stay with your host.",
        "Keep quiet.",
        AGREEMENT,
        "Welcome, Ana Prueba. You are checked in. Your host: Ana Ruiz Sala Confirmed by Nexudus.",
    ]
    ((form, consent),) = desk.forms
    assert (form.host, consent) == (HOSTS[1], Consent.GIVEN)


async def test_a_person_may_visit_nobody_in_particular() -> None:
    desk = ScriptedDesk()

    await talk(desk, "7\nAna\nana@acme.org\n-\n", prompts=True)

    assert [form.host for form, _ in desk.forms] == [None]


@pytest.mark.parametrize("typed", ["0", "Ana\n0", "Ana\nana@acme.org\n0", "Ana\nno address", "Ana\nana@acme.org\n-\n2"])
async def test_whoever_goes_back_or_does_not_agree_is_not_registered(typed: str) -> None:
    desk = ScriptedDesk(house=TERMS)

    await talk(desk, f"7\n{typed}\n6\n", prompts=True)

    assert desk.forms == []


async def test_an_invited_person_reads_the_terms_and_agrees() -> None:
    desk = ScriptedDesk({"1234": ASKED, "agree 1234": welcome("Tomás Rey")}, house=TERMS)

    lines = answers(await talk(desk, "2\n1234\n3\n1\n", prompts=True))

    assert lines[1:] == [
        "**Visiting**",
        "Stay with your host.",
        "Keep quiet.",
        AGREEMENT,
        "error Please type 1 or 2.",
        AGREEMENT,
        "Welcome, Tomás Rey. You are checked in. Have a good day! Confirmed by Nexudus.",
    ]
    assert desk.shown == ["1234", "agree 1234"]


async def test_who_does_not_agree_is_sent_to_reception_and_nothing_is_recorded() -> None:
    desk = ScriptedDesk({"1234": ASKED}, house=TERMS)

    lines = answers(await talk(desk, "1234\n2\n", prompts=True))

    assert lines[-1] == "Then please see reception. Nothing was recorded."
    assert desk.shown == ["1234"]
