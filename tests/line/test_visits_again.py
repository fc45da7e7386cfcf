"""Visitors at the plain-text desk who are known: they come again, leave, or wait for their host."""

from __future__ import annotations

from dataclasses import replace

from kiosk.desk.acquaintance import invited, returning
from kiosk.desk.outcomes import OutcomeKind
from kiosk.desk.people import Approval, PersonKind
from kiosk.desk.visit_form import Asking, VisitForm
from kiosk.desk.walk_in import WalkIn
from tests.desk.samples import visitor
from tests.line.scripted import HOSTS, HOUSE, VISITORS_IN, ScriptedDesk, answers, talk, welcome

RETURNING = returning(WalkIn("Ana Prueba Lovelace", "ana@acme.org", None, "Acme Works"))


async def test_whoever_has_been_here_confirms_what_is_known_masked_and_is_asked_the_rest() -> None:
    desk = ScriptedDesk(house=replace(HOUSE, visit_form=VisitForm(company=Asking.OPTIONAL)))
    desk.acquaintances["ana@acme.org"] = RETURNING

    lines = answers(await talk(desk, "7\nana@acme.org\n1\nlindqvist\n2\n", prompts=True))

    assert lines[1].startswith("You have been here before: A*** P***a L***e, A*** W***s. 1 That is me.")
    assert "Lovelace" not in "".join(lines[:2])
    ((form, _),) = desk.forms
    assert (form.name, form.company, form.host) == ("Ana Prueba Lovelace", "Acme Works", HOSTS[3])


async def test_whoever_says_that_it_is_not_them_is_asked_everything() -> None:
    desk = ScriptedDesk()
    desk.acquaintances["ana@acme.org"] = RETURNING

    await talk(desk, "7\nana@acme.org\n2\nBo\nEk\n-\n2\n", prompts=True)

    assert [form.name for form, _ in desk.forms] == ["Bo Ek"]


async def test_whoever_is_invited_only_confirms_that_it_is_them() -> None:
    desk = ScriptedDesk()
    desk.acquaintances["grace@navy.mil"] = invited(visitor(), "grace@navy.mil")

    lines = answers(await talk(desk, "7\ngrace@navy.mil\n1\n2\n", prompts=True))

    assert lines[1].startswith("You are expected today: G***e H***r. 1 That is me.")
    assert [form.name for form, _ in desk.forms] == ["Grace Hopper"]


async def test_a_visitor_leaves_by_name_and_others_learn_only_an_initial() -> None:
    desk = ScriptedDesk()

    assert await talk(desk, "leave gr\nleave gra\nleave hopper\n") == [
        "error No visitor of that name is in. Type three letters of the name or more.",
        "error Several can be meant: Grace H.; Graciela P. Type more of the name.",
        "goodbye Grace Hopper: You are checked out. See you! Confirmed by Nexudus. [confirmed]",
    ]
    assert desk.left == [VISITORS_IN[0].person]


async def test_a_person_leaves_by_name_and_number() -> None:
    desk = ScriptedDesk()

    lines = answers(await talk(desk, "8\ngra\n9\n2\n", prompts=True))

    assert lines[:3] == [
        "Your name, or 0 to go back:",
        "1 Grace H. 2 Graciela P. Type a number, or 0 to go back.",
        "error Please type one of the numbers.",
    ]
    assert desk.left == [VISITORS_IN[1].person]


async def test_reception_can_be_reached_from_every_refusal_and_without_a_pin() -> None:
    desk = ScriptedDesk(house=replace(HOUSE, reception="Dial 9 on the white phone."))

    unknown, forgotten = await talk(desk, "pin 1234\nforgotten\n")

    assert unknown.endswith("see reception. Dial 9 on the white phone.")
    assert forgotten.startswith("forgotten Reception can send you your PIN again;")
    assert forgotten.endswith("Dial 9 on the white phone.")
    assert answers(await talk(desk, "9\n", prompts=True))[0].endswith("Dial 9 on the white phone.")


WAITING = replace(welcome("Ana"), kind=OutcomeKind.WAITING, person=PersonKind.VISITOR, host="Zoë Lindqvist")


async def test_who_waits_for_the_host_asks_until_there_is_an_answer() -> None:
    desk = ScriptedDesk({"1234": WAITING})
    told = replace(welcome("Ana"), person=PersonKind.VISITOR, host="Zoë Lindqvist", approval=Approval.GRANT)
    desk.visits = [WAITING, told]

    lines = await talk(desk, "host\npin 1234\nhost\nhost\nhost\n")

    assert lines[0] == "error Nobody waits for a host."
    assert [line.split()[0] for line in lines[1:]] == ["waiting", "waiting", "welcome", "error"]
    assert "Nexudus has your visit and asks Zoë Lindqvist. [confirmed]" in lines[1]
    assert "Please go to Zoë Lindqvist." in lines[3]
