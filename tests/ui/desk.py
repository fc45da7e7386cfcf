"""A front desk and a camera that do what a test says, for screens: what is tried here is the screen, not the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from kiosk.desk.acquaintance import STRANGER, Acquaintance
from kiosk.desk.credentials import Code, Via
from kiosk.desk.elsewhere import Elsewhere
from kiosk.desk.frames import CameraState, Frame, Hint, Sighting
from kiosk.desk.host_index import HostIndex
from kiosk.desk.hosts import Host, HostPage, HostRules
from kiosk.desk.house import House
from kiosk.desk.leavers import Leaver, leaving
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing, Word
from kiosk.desk.payloads import Shown
from kiosk.desk.people import Consent, PersonId, PersonKind
from kiosk.desk.ports import LineStatus, Link
from kiosk.desk.walk_in import WalkIn

AWAITED = Word(Standing.AWAITED)


def welcome(name: str = "Zoë Lindqvist") -> Outcome:
    """A member who is checked in, with Nexudus's word to come."""
    return Outcome(OutcomeKind.WELCOME, name, PersonKind.MEMBER, event=uuid4(), word=AWAITED)


HOSTS = [
    Host(PersonId(PersonKind.MEMBER, number), name, company)
    for number, (name, company) in enumerate(
        (
            ("Zoë Lindqvist", "Nordlys Games"),
            ("Marta Johansson", "Tidewater Studio"),
            ("Marta Nakamura", "Nordlys Games"),
            ("Marea Legal", ""),
            ("Mark O'Brien", "Tidewater Studio"),
            ("Martin [/b] Łoś", ""),
            ("Marcela Ruiz", ""),
        ),
        1,
    )
]


@dataclass(frozen=True)
class Filed:
    """A form that was handed in."""

    form: WalkIn
    consent: Consent


@dataclass
class ScriptedDesk:
    """Fulfils `MemberDesk`: answers with `outcome`, and remembers what it was asked."""

    outcome: Outcome = field(default_factory=lambda: Outcome(OutcomeKind.UNKNOWN))
    word: Word = field(default_factory=lambda: Word(Standing.CONFIRMED))
    link: LineStatus = field(default_factory=lambda: LineStatus(Link.ONLINE, 0, 0))
    asked: list[Code | None] = field(default_factory=list)
    undone: list[UUID] = field(default_factory=list)
    word_may_come: asyncio.Event = field(default_factory=asyncio.Event)
    location: House = field(default_factory=lambda: House(1, "Harbour Works", ZoneInfo("Europe/Madrid")))
    filed: list[Filed] = field(default_factory=list)
    acquaintance: Acquaintance = STRANGER
    visitors_in: list[Leaver] = field(default_factory=list)
    left: list[PersonId] = field(default_factory=list)
    later: Outcome | None = None
    looks: list[Elsewhere] = field(default_factory=lambda: [Elsewhere(frozenset())])

    async def present(self, code: Code | None) -> Outcome:
        """Answer as scripted."""
        self.asked.append(code)
        return self.outcome

    async def word_on(self, outcome: Outcome) -> Outcome:
        """Give the scripted word once it may come."""
        if outcome.word.standing is not Standing.AWAITED:
            return outcome
        await self.word_may_come.wait()
        if self.word.standing is Standing.REFUSED:
            return replace(outcome, kind=OutcomeKind.REFUSED, event=None, word=self.word)
        return replace(outcome, word=self.word)

    async def hosts(self, typed: str, page: int = 0) -> HostPage:
        """Search as the real desk does."""
        rules: HostRules = self.location.host_rules
        return HostIndex(HOSTS, rules, {host.id.number: host for host in HOSTS}.get).search(typed, page)

    async def register(self, form: WalkIn, consent: Consent, via: Via) -> Outcome:
        """Ask for the terms where the location has some, then answer as scripted."""
        self.filed.append(Filed(form, consent))
        if self.location.texts.terms and consent is Consent.PENDING:
            return Outcome(OutcomeKind.ASK_TERMS, form.name, PersonKind.VISITOR)
        return self.outcome

    async def recall(self, email: str) -> Acquaintance:
        """Whoever the test says."""
        return self.acquaintance

    async def present_visitors(self, typed: str) -> Sequence[Leaver]:
        """Find as the real desk does."""
        return leaving(self.visitors_in, typed)

    async def leave(self, person: PersonId, via: Via) -> Outcome:
        """Remember who left."""
        self.left.append(person)
        return self.outcome

    async def visit_now(self, outcome: Outcome) -> Outcome:
        """What became of it, if the test says so."""
        return self.later or outcome

    async def look_elsewhere(self, before: Elsewhere | None) -> Elsewhere:
        """The scripted looks, one after the other; the last one stays."""
        return self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]

    async def undo(self, event: UUID) -> Outcome:
        """Take back."""
        self.undone.append(event)
        return Outcome(OutcomeKind.UNDONE)

    def status(self) -> LineStatus:
        """The scripted line."""
        return self.link

    def house(self) -> House:
        """Harbour Works."""
        return self.location


@dataclass
class FakeScanner:
    """Fulfils `CodeScanner` without a camera: a test holds codes up itself."""

    state: CameraState = CameraState.LIVE
    latest: Frame | None = None
    sighting: Sighting | None = None
    hint: Hint = Hint.NONE
    paused: bool = False
    forgotten: int = 0
    on_code: Callable[[Shown], None] = lambda shown: None

    def listen(self, on_code: Callable[[Shown], None]) -> None:
        """Remember who listens."""
        self.on_code = on_code

    def forget(self) -> None:
        """Count."""
        self.forgotten += 1

    def pause(self) -> None:
        """Read nothing."""
        self.paused = True

    def resume(self) -> None:
        """Read again."""
        self.paused = False
