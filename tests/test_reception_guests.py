"""The reception and visitors without a code: who is invited, who has been here before, who waits, and who leaves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio

from kiosk.desk.acquaintance import STRANGER, Known
from kiosk.desk.credentials import Via
from kiosk.desk.directory import VisitorListing
from kiosk.desk.events import EventKind, Stay
from kiosk.desk.hosts import Host
from kiosk.desk.house import Texts, WalkInApproval
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason
from kiosk.desk.people import Approval, Consent, PersonId, PersonKind
from kiosk.desk.visit_form import FieldName
from kiosk.desk.walk_in import WalkIn
from kiosk.reception import Reception
from kiosk.state.errors import StateNotWritten
from tests.conftest import Disk
from tests.desk.samples import NINE, visitor
from tests.reception_lobby import ADA, HOUSE, INVITATION, Lobby

EMAIL = "grace@navy.mil"
FORM = WalkIn("Amazing Grace", EMAIL, Host(ADA.id, ADA.name), "Navy Yard", "+1 212-555-2368", "Talk")
TERMS = replace(HOUSE, texts=Texts(terms="Stay with your host."))
ASKING = replace(HOUSE, walk_in_approval=WalkInApproval.BY_HOST)


@pytest_asyncio.fixture
async def lobby(tmp_path: Path) -> AsyncIterator[Lobby]:
    lobby = Lobby(tmp_path / "state")
    yield lobby
    lobby.store.close()


def invite(lobby: Lobby, *visits: VisitorListing) -> None:
    lobby.directory.replace_visitors(visits or [VisitorListing(visitor(), INVITATION.text, email="Grace@Navy.mil")])


async def registered(lobby: Lobby, form: WalkIn = FORM, consent: Consent = Consent.PENDING) -> Outcome:
    return await lobby.reception.register(form, consent, Via.LINE)


# Who is invited.


async def test_whoever_is_invited_today_and_registers_comes_in_on_the_invitation(lobby: Lobby) -> None:
    invite(lobby)

    outcome = await registered(lobby)

    assert (outcome.kind, outcome.host) == (OutcomeKind.WELCOME, "Ada Lovelace")
    (event,) = lobby.events_on_disk()
    assert (event["kind"], event["person"]) == ("check-in", "visitor:1")
    assert "form" not in event


async def test_nobody_learns_a_name_by_typing_the_address_of_somebody_who_is_invited(lobby: Lobby) -> None:
    invite(lobby)

    known = await lobby.reception.recall("GRACE@navy.MIL")
    outcome = await registered(lobby)

    assert (known.known, dict(known.shown)) == (Known.INVITED, {FieldName.FIRST_NAME: "G***e H***r"})
    assert outcome.name == "Amazing Grace", "they are called what they have typed"


async def test_whoever_is_invited_and_in_already_is_not_recorded_again(lobby: Lobby) -> None:
    invite(lobby)

    kinds = [(await registered(lobby)).kind for _ in range(2)]
    lobby.clock.advance(3600)
    kinds.append((await registered(lobby)).kind)

    assert kinds == [OutcomeKind.WELCOME, OutcomeKind.GREETED, OutcomeKind.ALREADY_IN]
    assert len(lobby.events_on_disk()) == 1


@pytest.mark.parametrize(
    "listed",
    [
        VisitorListing(visitor(expected=NINE + timedelta(days=1)), "A", email=EMAIL),
        VisitorListing(visitor(expected=NINE - timedelta(days=1)), "A", email=EMAIL),
        VisitorListing(visitor(departed=NINE), "A", email=EMAIL),
        VisitorListing(replace(visitor(), elsewhere="The Mill"), "A", email=EMAIL),
        VisitorListing(visitor(), "A", email="other@navy.mil"),
        VisitorListing(visitor(), EMAIL),
    ],
    ids=["tomorrow", "yesterday", "left", "elsewhere", "another address", "a code that reads like the address"],
)
async def test_an_invitation_that_is_not_for_here_and_now_does_not_count(lobby: Lobby, listed: VisitorListing) -> None:
    invite(lobby, listed)

    assert await lobby.reception.recall(EMAIL) == STRANGER
    await registered(lobby)
    assert lobby.events_on_disk()[0]["kind"] == "register"


async def test_of_two_visits_today_the_one_that_has_not_begun_counts(lobby: Lobby) -> None:
    second = visitor(2, expected=NINE + timedelta(hours=3))
    invite(lobby, VisitorListing(second, "B", email=EMAIL), VisitorListing(visitor(), "A", email=EMAIL))

    await registered(lobby)
    await registered(lobby)

    assert [event["person"] for event in lobby.events_on_disk()] == ["visitor:1", "visitor:2"]


async def test_whom_the_host_has_declined_does_not_get_in_by_registering(lobby: Lobby) -> None:
    invite(lobby, VisitorListing(visitor(approval=Approval.REJECTED), "A", email=EMAIL))

    assert (await registered(lobby)).reason is Reason.HOST_DECLINED
    assert lobby.events_on_disk() == []


async def test_whoever_is_invited_and_has_not_agreed_is_asked_and_the_version_stays_in_the_event(lobby: Lobby) -> None:
    invite(lobby)
    lobby.house = TERMS

    assert (await registered(lobby)).kind is OutcomeKind.ASK_TERMS
    assert (await registered(lobby, consent=Consent.GIVEN)).kind is OutcomeKind.WELCOME
    (event,) = lobby.events_on_disk()
    assert (event["consent"], event["terms"]) == ("given", TERMS.texts.terms_version)
    assert event["at"]["wall"] == NINE.isoformat()


async def test_a_walk_ins_version_of_the_terms_survives_a_restart_and_changes_with_the_words(lobby: Lobby) -> None:
    lobby.house = TERMS
    outcome = await registered(lobby, consent=Consent.GIVEN)
    lobby.restart()

    assert outcome.event is not None
    event = lobby.ledger.event(outcome.event)
    assert event is not None
    assert event.intent.terms == TERMS.texts.terms_version
    assert len(event.intent.terms) == 64
    assert Texts(terms="Stay with your host!").terms_version != event.intent.terms
    assert Texts().terms_version == ""


# Who has been here before.


async def test_whoever_has_registered_before_is_known_again_masked_also_after_a_restart(lobby: Lobby) -> None:
    await registered(lobby)
    lobby.restart()

    known = await lobby.reception.recall("Grace@NAVY.mil")

    assert known.known is Known.RETURNING
    assert list(known.shown.values()) == ["A***g G***e", "N*** Y***", "*** 68"]
    assert known.form == WalkIn(FORM.name, FORM.email, None, FORM.company, FORM.phone), "host and reason are asked anew"
    assert await lobby.reception.recall("other@navy.mil") == STRANGER


async def test_what_a_guest_gave_can_be_read_on_no_disk_without_their_address(lobby: Lobby) -> None:
    await registered(lobby)
    outcome_of_form = lobby.events_on_disk()[0]["form"]
    assert outcome_of_form["email"] == EMAIL, "until Nexudus has it, the form itself is kept"

    in_book = b"".join(path.read_bytes() for path in (lobby.folder / "directory").rglob("*") if path.is_file())

    assert b"sealed" in in_book
    for word in (b"grace@navy", b"Amazing", b"Navy Yard", b"555-2368"):
        assert word not in in_book


async def test_the_last_visit_counts(lobby: Lobby) -> None:
    await registered(lobby)
    lobby.clock.advance(3600)
    await registered(lobby, replace(FORM, company="Harvard"))

    form = (await lobby.reception.recall(EMAIL)).form
    assert form is not None
    assert form.company == "Harvard"


async def test_a_guest_is_forgotten_with_the_event_of_their_visit(lobby: Lobby) -> None:
    outcome = await registered(lobby)
    assert outcome.event is not None
    lobby.ledger.delivered(outcome.event, 77, lobby.clock.now())
    assert (await lobby.reception.leave(PersonId(PersonKind.VISITOR, 77), Via.LINE)).kind is OutcomeKind.GOODBYE
    lobby.clock.advance(86_400 * 31)

    lobby.ledger.purge(lobby.clock.now().wall - timedelta(days=30))
    assert await lobby.reception.recall(EMAIL) == STRANGER
    lobby.directory.sweep()

    in_book = b"".join(path.read_bytes() for path in (lobby.folder / "directory").rglob("*") if path.is_file())
    assert b"sealed" not in in_book


async def test_a_registration_that_was_taken_back_makes_nobody_known(lobby: Lobby) -> None:
    outcome = await registered(lobby)
    assert outcome.undoable is not None
    await lobby.reception.undo(outcome.undoable)

    assert await lobby.reception.recall(EMAIL) == STRANGER


class UnwrittenGuests:
    """A guest book on a disk that is full."""

    def recall(self, email: str) -> WalkIn | None:
        return None

    def remember(self, form: WalkIn, event: UUID) -> None:
        raise StateNotWritten("No space left on device")


async def test_a_guest_book_that_cannot_be_written_refuses_nobody(lobby: Lobby) -> None:
    lobby.reception = Reception(
        lobby.directory, lobby.ledger, lobby.courier, lobby.clock, lambda: HOUSE, guests=UnwrittenGuests()
    )

    assert (await registered(lobby)).kind is OutcomeKind.WELCOME


# Who waits for the host.


async def waiting(lobby: Lobby) -> Outcome:
    """A walk-in who waits, and whom Nexudus knows as visitor 77."""
    lobby.house = ASKING
    outcome = await registered(lobby)
    assert outcome.kind is OutcomeKind.WAITING
    assert outcome.event is not None
    assert (await lobby.reception.visit_now(outcome)) == outcome, "Nexudus has no record yet"
    assert lobby.courier.refreshed == []
    lobby.ledger.delivered(outcome.event, 77, lobby.clock.now())
    return outcome


def host_says(lobby: Lobby, approval: Approval) -> None:
    listing = VisitorListing(visitor(77, "Amazing Grace", approval=approval), "")
    lobby.courier.answers = lambda person: lobby.directory.add([], [listing])


@pytest.mark.parametrize("approval", [Approval.HOLD, Approval.GRANT, Approval.NOT_REQUIRED])
async def test_once_the_host_has_approved_the_visitor_is_in(lobby: Lobby, approval: Approval) -> None:
    outcome = await waiting(lobby)
    host_says(lobby, Approval.REQUESTED)
    assert await lobby.reception.visit_now(outcome) == outcome
    host_says(lobby, approval)

    now = await lobby.reception.visit_now(outcome)

    assert (now.kind, now.approval, now.host) == (OutcomeKind.WELCOME, approval, "Ada Lovelace")
    assert lobby.ledger.stay_of(PersonId(PersonKind.VISITOR, 77)) is not None
    assert [event["kind"] for event in lobby.events_on_disk()] == ["register", "check-in"]


async def test_a_host_who_is_sorry_is_told_and_nobody_is_in(lobby: Lobby) -> None:
    outcome = await waiting(lobby)
    host_says(lobby, Approval.REJECTED)

    now = await lobby.reception.visit_now(outcome)

    assert (now.kind, now.reason) == (OutcomeKind.REFUSED, Reason.HOST_DECLINED)
    assert lobby.ledger.stays() == []


async def test_whoever_waits_by_code_can_ask_as_well(lobby: Lobby) -> None:
    invite(lobby, VisitorListing(visitor(approval=Approval.REQUESTED), INVITATION.text))
    outcome = await lobby.reception.present(INVITATION)
    lobby.courier.answers = lambda person: lobby.directory.add(
        [], [VisitorListing(visitor(approval=Approval.HOLD), INVITATION.text)]
    )

    assert (await lobby.reception.visit_now(outcome)).kind is OutcomeKind.WELCOME
    assert lobby.courier.refreshed == [visitor().id]


async def test_any_other_outcome_has_nothing_to_ask(lobby: Lobby) -> None:
    welcome = await registered(lobby)

    assert await lobby.reception.visit_now(welcome) == welcome
    assert lobby.courier.refreshed == []


# Who leaves without a code.


async def test_visitors_who_are_in_are_found_by_three_letters_and_leave(lobby: Lobby) -> None:
    await lobby.reception.present(INVITATION)
    await registered(lobby)

    found = await lobby.reception.present_visitors("gra")
    assert [one.shown for one in found] == ["Amazing G.", "Grace H."]
    assert await lobby.reception.present_visitors("gr") == []
    assert await lobby.reception.present_visitors("ada") == [], "a member is not found so"

    outcome = await lobby.reception.leave(found[0].person, Via.LINE)

    assert (outcome.kind, outcome.name) == (OutcomeKind.GOODBYE, "Amazing G.")
    assert [one.shown for one in await lobby.reception.present_visitors("gra")] == ["Grace H."]
    assert lobby.events_on_disk()[-1]["refers_to"] is not None


async def test_a_departure_by_name_can_be_taken_back(lobby: Lobby) -> None:
    await lobby.reception.present(INVITATION)
    outcome = await lobby.reception.leave(visitor().id, Via.LINE)
    assert outcome.undoable is not None

    assert (await lobby.reception.undo(outcome.undoable)).kind is OutcomeKind.UNDONE
    assert lobby.ledger.stay_of(visitor().id) is not None


async def test_nobody_leaves_twice_or_without_having_come(lobby: Lobby) -> None:
    await lobby.reception.present(INVITATION)

    kinds = [(await lobby.reception.leave(visitor().id, Via.LINE)).kind for _ in range(2)]

    assert kinds == [OutcomeKind.GOODBYE, OutcomeKind.UNKNOWN]
    assert (await lobby.reception.leave(ADA.id, Via.LINE)).kind is OutcomeKind.UNKNOWN


async def test_a_visitor_who_came_in_elsewhere_is_found_by_the_name_in_the_directory(lobby: Lobby) -> None:
    lobby.ledger.adopt_presence(PersonKind.VISITOR, [Stay(visitor().id, NINE)], read_at=1e12)

    assert [one.shown for one in await lobby.reception.present_visitors("hopper")] == ["Grace H."]


async def test_a_departure_that_cannot_be_written_has_not_happened(lobby: Lobby, disk: Disk) -> None:
    await lobby.reception.present(INVITATION)
    disk.fill()

    assert (await lobby.reception.leave(visitor().id, Via.LINE)).kind is OutcomeKind.FAILED
    assert EventKind.CHECK_OUT.value not in [event["kind"] for event in lobby.events_on_disk()]
