"""The reception: a credential in, the desk's decision, the event on disk, an outcome out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ParamSpec
from uuid import UUID, uuid4

from kiosk.desk.acquaintance import STRANGER, Acquaintance, invited, returning
from kiosk.desk.clock import Clock, Moment
from kiosk.desk.credentials import Code, Via, Wish
from kiosk.desk.decide import Decision, decide, decide_undo
from kiosk.desk.elsewhere import Elsewhere, seen_elsewhere
from kiosk.desk.events import Stay
from kiosk.desk.hosts import HostPage
from kiosk.desk.house import House, VisitorWifi
from kiosk.desk.leavers import Leaver, leaving
from kiosk.desk.lockout import Attempts, channel_of
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason, Standing
from kiosk.desk.people import Approval, Consent, Member, PersonId, PersonKind, Visitor
from kiosk.desk.ports import Courier, Directory, Ledger, LineStatus, Link, NotRecorded
from kiosk.desk.register import awaited_today, decide_invited, decide_walk_in, is_the_same
from kiosk.desk.visitor_desk import Guests, NoGuests
from kiosk.desk.walk_in import WalkIn

logger = logging.getLogger(__name__)

P = ParamSpec("P")

_CARDS_COME_BY = (Via.READER, Via.LINE)
_WORTH_ASKING = (Link.ONLINE, Link.UNTRIED)
_ENTERING = (OutcomeKind.WELCOME, OutcomeKind.WAITING)

CLOSED = Outcome(OutcomeKind.REFUSED, reason=Reason.CLOSED)
"""What everybody gets while staff have closed the kiosk."""


LOOK_SECONDS = 5.0
"""How long a look at who is in may take that somebody waits for."""


class Reception:
    """Fulfils `MemberDesk`. One credential at a time, so that a code shown twice at once is one check-in.

    The event is durable before the outcome is returned. Disk work runs in a thread; the caller's loop never waits for
    it.
    """

    def __init__(
        self,
        directory: Directory,
        ledger: Ledger,
        courier: Courier,
        clock: Clock,
        house: Callable[[], House],
        confirm_seconds: float = 1.5,
        new_id: Callable[[], UUID] = uuid4,
        guests: Guests | None = None,
    ) -> None:
        self._directory = directory
        self._ledger = ledger
        self._courier = courier
        self._clock = clock
        self._house = house
        self._confirm_seconds = confirm_seconds
        self._new_id = new_id
        self._guests: Guests = guests or NoGuests()
        self._turn = asyncio.Lock()
        self._disk_broken = False

    def house(self) -> House:
        """The location as last read from Nexudus."""
        return self._house()

    def status(self) -> LineStatus:
        """One look at the line."""
        return self._courier.status()

    async def present(self, code: Code | None) -> Outcome:
        """Answer a credential. See `FrontDesk.present`."""
        if self._house().closure is not None:
            return CLOSED
        if code is None:
            return Outcome(OutcomeKind.UNKNOWN)
        async with self._turn:
            now = self._clock.now()
            decision = self._decide(code, now)
            unknown = decision.outcome.kind is OutcomeKind.UNKNOWN and code.via is not Via.BADGE
            if unknown and self._courier.status().link in _WORTH_ASKING:
                # Somebody may have joined, or been invited, a minute ago.
                await self._courier.look_up(code)
                decision = self._decide(code, now)
            return await self._carry_out(decision, code, now)

    async def hosts(self, typed: str, page: int = 0) -> HostPage:
        """Whom a visitor may mean. See `FrontDesk.hosts`."""
        return await asyncio.to_thread(self._directory.hosts, typed, page, self._house().host_rules)

    async def register(self, form: WalkIn, consent: Consent, via: Via) -> Outcome:
        """Answer a walk-in. See `FrontDesk.register`."""
        if self._house().closure is not None:
            return CLOSED
        async with self._turn:
            now, house = self._clock.now(), self._house()
            visitor = self._awaited(form.email, now)
            stay = self._ledger.stay_of(visitor.id) if visitor is not None else None
            if visitor is not None and (stay is None or is_the_same(form, [visitor.name, self._name_of(stay)])):
                return await self._carry_out(decide_invited(form, visitor, consent, via, stay, now, house), None, now)
            in_since = self._ledger.walk_in(form.name, now.wall - house.greet_within)
            decision = decide_walk_in(form, consent, via, in_since, house)
            outcome = await self._carry_out(decision, None, now)
            if outcome.event is not None:
                await self._remember(form, outcome.event)
            return outcome

    async def recall(self, email: str) -> Acquaintance:
        """What is known by an address. See `VisitorDesk.recall`."""
        visitor = self._awaited(email, self._clock.now())
        if visitor is not None:
            return invited(visitor, email)
        form = await asyncio.to_thread(self._guests.recall, email)
        return returning(form) if form is not None else STRANGER

    async def present_visitors(self, typed: str) -> Sequence[Leaver]:
        """Who of those that are in is meant. See `VisitorDesk.present_visitors`."""
        return leaving(self._visitors_in(), typed)

    async def leave(self, person: PersonId, via: Via) -> Outcome:
        """A visitor who was found by name leaves. See `VisitorDesk.leave`."""
        if self._house().closure is not None and via is not Via.STAFF:
            return CLOSED
        async with self._turn:
            now = self._clock.now()
            leaver = next((one for one in self._visitors_in() if one.person == person), None)
            if leaver is None:
                return Outcome(OutcomeKind.UNKNOWN)
            visitor, stay = Visitor(person, leaver.name), self._ledger.stay_of
            code = Code("", via, Wish.LEAVE)  # the choice stands for the code
            decision = decide(code, [visitor], stay, Attempts(), now, self._house())
            # Whoever chose a name on the screen learns no more of it than stood there.
            told = replace(decision.outcome, name=leaver.shown)
            return await self._carry_out(replace(decision, outcome=told), None, now)

    async def admit(self, person: PersonId, consent: Consent) -> Outcome:
        """Staff check a visitor in whom they know. The desk decides as for whoever shows the code of that invitation,
        also while the kiosk is closed to everybody else.

        Args:
            person: The visit.
            consent: Whether the visitor has told them that they agree to the terms.
        """
        async with self._turn:
            visitor, now = self._directory.visitor(person), self._clock.now()
            if visitor is None:
                return Outcome(OutcomeKind.UNKNOWN)
            code = Code("", Via.STAFF, consent=consent)  # staff's own eyes stand for the code
            known, stay = self._as_known_here(visitor), self._ledger.stay_of
            return await self._carry_out(decide(code, [known], stay, Attempts(), now, self._house()), None, now)

    async def visit_now(self, outcome: Outcome) -> Outcome:
        """How the visit stands now for which somebody waits. See `VisitorDesk.visit_now`."""
        event = self._ledger.event(outcome.event) if outcome.event is not None else None
        person = event.intent.person if event is not None else outcome.visit
        if outcome.kind is not OutcomeKind.WAITING or person is None or person.kind is not PersonKind.VISITOR:
            return outcome  # Nexudus has no record yet that a host could have answered
        await self._courier.refresh_visit(person, self._confirm_seconds)
        async with self._turn:
            visitor, now = self._directory.visitor(person), self._clock.now()
            if visitor is None or visitor.approval is Approval.REQUESTED:
                return outcome
            consent = event.intent.consent if event is not None else Consent.PENDING
            code = Code("", event.intent.via if event is not None else Via.KEYPAD, consent=consent)
            stay = self._ledger.stay_of
            return await self._carry_out(decide(code, [visitor], stay, Attempts(), now, self._house()), None, now)

    async def look_elsewhere(self, before: Elsewhere | None) -> Elsewhere:
        """Who has come or gone by another way. See `MemberDesk.look_elsewhere`."""
        await self._courier.refresh_presence(LOOK_SECONDS)
        ledger = self._ledger
        return seen_elsewhere(
            before, ledger.stays(), self._member_name, lambda person: ledger.left_at(person) is not None
        )

    def _member_name(self, person: PersonId) -> str:
        member = self._directory.member(person)
        return member.name if member is not None else ""

    async def undo(self, event: UUID) -> Outcome:
        """Take back an event. See `FrontDesk.undo`."""
        async with self._turn:
            now = self._clock.now()
            decision = decide_undo(self._ledger.event(event), self._ledger.is_undone(event), now, self._house())
            return await self._carry_out(decision, None, now)

    async def word_on(self, outcome: Outcome) -> Outcome:
        """Add Nexudus's word, and a visitor's Wi-Fi code if it comes in what is left of the time. A check-in that is
        refused while the person stands there is a refusal, and they are not in."""
        if outcome.event is None or outcome.word.standing is not Standing.AWAITED:
            return outcome
        asked = time.monotonic()
        word = await self._courier.word_on(outcome.event, self._confirm_seconds)
        if word.standing is Standing.REFUSED and outcome.kind in _ENTERING:
            await self._written(self._ledger.leave_out, outcome.event)
            return replace(outcome, kind=OutcomeKind.REFUSED, reason=Reason.NEXUDUS, event=None, word=word)
        left = self._confirm_seconds - (time.monotonic() - asked)
        told = replace(outcome, word=word)
        if left > 0 and self._gets_wifi(told):
            return replace(told, wifi=await self._courier.wifi_code(outcome.event, left))
        return told

    def _gets_wifi(self, outcome: Outcome) -> bool:
        return (
            outcome.kind is OutcomeKind.WELCOME
            and outcome.person is PersonKind.VISITOR
            and outcome.word.standing is Standing.CONFIRMED
            and self._house().visitor_wifi is VisitorWifi.ISSUED
        )

    def _decide(self, code: Code, now: Moment) -> Decision:
        people = self._people_with(code)
        channel = channel_of(code)
        attempts = self._ledger.attempts(channel) if channel else Attempts()
        lengths = self._directory.pin_lengths()
        return decide(code, people, self._ledger.stay_of, attempts, now, self._house(), lengths)

    def _awaited(self, email: str, now: Moment) -> Visitor | None:
        """Whoever of this address is expected today and has not left again."""
        visitors = [self._as_known_here(visitor) for visitor in self._directory.invited(email)]
        return awaited_today(visitors, self._ledger.stay_of, now, self._house())

    def _visitors_in(self) -> Sequence[Leaver]:
        """The visitors who are in, as far as their names are known here."""
        stays = [stay for stay in self._ledger.stays() if stay.person.kind is not PersonKind.MEMBER]
        return [Leaver(stay.person, name) for stay in stays if (name := self._name_of(stay))]

    def _name_of(self, stay: Stay) -> str:
        event = self._ledger.event(stay.event) if stay.event is not None else None
        if event is not None and event.intent.name:
            return event.intent.name
        visitor = self._directory.visitor(stay.person) if stay.person.kind is PersonKind.VISITOR else None
        return visitor.name if visitor is not None else ""

    async def _remember(self, form: WalkIn, event: UUID) -> None:
        """A convenience for the next time: where it cannot be kept, nothing is lost."""
        with contextlib.suppress(NotRecorded):
            await asyncio.to_thread(self._guests.remember, form, event)

    def _people_with(self, code: Code) -> Sequence[Member | Visitor]:
        """Both lists are asked for a typed code. A picture is never a member's PIN: a phone could show all of them in
        turn. A number that a reader types may be a PIN or a card; a person at the keypad has no card to read, but may
        have seen the number on somebody else's."""
        if code.via is Via.BADGE:
            return self._directory.badge_holders(code.text)
        visitors = [self._as_known_here(visitor) for visitor in self._directory.visitors_with(code)]
        pins = () if code.via is Via.CAMERA else self._directory.members_with(code.text)
        cards = self._directory.members_with_card(code.text) if code.via in _CARDS_COME_BY else ()
        return [*dict.fromkeys([*pins, *cards]), *visitors]

    def _as_known_here(self, visitor: Visitor) -> Visitor:
        """A visitor who left here a moment ago has left, whatever the list of a minute ago says."""
        return replace(visitor, departed=visitor.departed or self._ledger.left_at(visitor.id))

    async def _carry_out(self, decision: Decision, code: Code | None, now: Moment) -> Outcome:
        outcome = decision.outcome
        if decision.intent is not None:
            event = self._new_id()
            if not await self._written(self._ledger.record, event, decision.intent, now):
                return Outcome(OutcomeKind.FAILED)
            self._courier.wake()
            return replace(outcome, event=event)
        channel = channel_of(code) if code is not None else None
        if decision.failure is None or channel is None:
            return outcome
        # On disk before the answer, or pulling the plug would give new tries.
        counted = await self._written(self._ledger.count_failure, channel, decision.failure)
        return outcome if counted else Outcome(OutcomeKind.FAILED)

    async def _written(self, write: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Run one of the ledger's writes in a thread; False if it could not be made durable. Logs once each way."""
        try:
            await asyncio.to_thread(write, *args, **kwargs)
        except NotRecorded as error:
            if not self._disk_broken:
                logger.error("the state cannot be written, so nobody is checked in: %s", error)
            self._disk_broken = True
            return False
        if self._disk_broken:
            logger.info("the state can be written again")
        self._disk_broken = False
        return True
