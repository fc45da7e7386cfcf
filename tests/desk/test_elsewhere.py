"""Who came or went by another way, and who of them is told."""

from __future__ import annotations

from uuid import uuid4

from kiosk.desk.elsewhere import Elsewhere, Tiles, seen_elsewhere
from kiosk.desk.events import Stay
from kiosk.desk.outcomes import OutcomeKind, Standing
from kiosk.desk.people import PersonId, PersonKind
from tests.desk.samples import NINE

ANA, BEN, EVE = (PersonId(PersonKind.MEMBER, number) for number in (1, 2, 3))
NAMES = {ANA: "Ana López", BEN: "Ben Smith"}
BEFORE = Elsewhere(frozenset({BEN}))
BEN_IS_IN = Stay(BEN, NINE, None, 12)


def look(before: Elsewhere | None, *stays: Stay, left_here: frozenset[PersonId] = frozenset()) -> Elsewhere:
    return seen_elsewhere(before, stays, lambda person: NAMES.get(person, ""), left_here.__contains__)


def told(seen: Elsewhere) -> list[tuple[OutcomeKind, str]]:
    return [(outcome.kind, outcome.name) for outcome in seen.outcomes]


def test_the_first_look_tells_nobody_anything() -> None:
    assert look(None, BEN_IS_IN) == BEFORE


def test_who_was_checked_in_by_nexudus_meanwhile_is_welcomed_by_name() -> None:
    seen = look(BEFORE, BEN_IS_IN, Stay(ANA, NINE, None, 13))

    assert told(seen) == [(OutcomeKind.WELCOME, "Ana López")]
    assert seen.outcomes[0].word.standing is Standing.CONFIRMED
    assert seen.outcomes[0].undoable is None
    assert seen.inside == {ANA, BEN}


def test_who_was_checked_out_by_nexudus_is_said_goodbye() -> None:
    assert told(look(BEFORE)) == [(OutcomeKind.GOODBYE, "Ben Smith")]


def test_who_came_or_went_at_this_kiosk_has_been_told_already() -> None:
    assert told(look(BEFORE, BEN_IS_IN, Stay(ANA, NINE, uuid4()))) == []
    assert told(look(BEFORE, left_here=frozenset({BEN}))) == []


def test_visitors_and_who_is_not_known_here_are_not_named() -> None:
    visitor = Stay(PersonId(PersonKind.VISITOR, 1), NINE)

    assert told(look(BEFORE, BEN_IS_IN, visitor, Stay(EVE, NINE))) == []


def test_there_are_tiles_where_one_is_set() -> None:
    assert not Tiles()
    assert Tiles(check_out="https://x.test/2")
