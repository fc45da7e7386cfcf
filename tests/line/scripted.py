"""A front desk that answers from a script, and a talk with the line desk over it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from kiosk.desk.acquaintance import STRANGER, Acquaintance
from kiosk.desk.credentials import Code, Via, Wish
from kiosk.desk.host_index import HostIndex
from kiosk.desk.hosts import Host, HostPage
from kiosk.desk.house import House
from kiosk.desk.leavers import Leaver, leaving
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason, Standing, Word
from kiosk.desk.people import Consent, PersonId, PersonKind
from kiosk.desk.ports import LineStatus, Link
from kiosk.desk.walk_in import WalkIn
from kiosk.i18n.speech import Speech
from kiosk.line.desk import LineDesk

HOUSE = House(7, "Harbour Works", ZoneInfo("Europe/Madrid"))
SINCE = datetime(2026, 11, 23, 8, 12, tzinfo=UTC)
"""12 minutes past nine in the zone of `HOUSE`."""
ONLINE = LineStatus(Link.ONLINE, 0, 0, datetime(2026, 11, 23, 7, 1, tzinfo=UTC))
HOSTS = (
    Host(PersonId(PersonKind.MEMBER, 11), "Ana Ruiz", "Marea Legal"),
    Host(PersonId(PersonKind.MEMBER, 12), "Ana Ruiz Sala"),
    Host(PersonId(PersonKind.MEMBER, 13), "Marea Legal"),
    Host(PersonId(PersonKind.MEMBER, 14), "Zoë Lindqvist", "Nordlys Games"),
)
VISITORS_IN = (
    Leaver(PersonId(PersonKind.VISITOR, 21), "Grace Hopper"),
    Leaver(PersonId(PersonKind.VISITOR, 22), "Graciela Paz"),
)
CONFIRMED = Word(Standing.CONFIRMED)
QUEUED = Word(Standing.QUEUED)


def event(number: int) -> UUID:
    return uuid5(UUID(int=0), str(number))


def welcome(name: str = "Zoë Martin", number: int = 1) -> Outcome:
    return Outcome(OutcomeKind.WELCOME, name, PersonKind.MEMBER, event=event(number), word=Word(Standing.AWAITED))


def goodbye(name: str = "Zoë Martin", number: int = 2) -> Outcome:
    return replace(welcome(name, number), kind=OutcomeKind.GOODBYE)


def already_in(name: str = "Zoë Martin") -> Outcome:
    return Outcome(OutcomeKind.ALREADY_IN, name, PersonKind.MEMBER, since=SINCE)


class ScriptedDesk:
    """Fulfils `FrontDesk`. An answer is looked up by what was shown, written as a command would be: `1234`, `1234 M`,
    `out 1234`. What is not in the script is unknown. The last of the statuses stays."""

    def __init__(
        self,
        answers: Mapping[str, Outcome] | None = None,
        word: Word = CONFIRMED,
        statuses: Sequence[LineStatus] = (ONLINE,),
        undone: OutcomeKind = OutcomeKind.UNDONE,
        house: House = HOUSE,
    ) -> None:
        self.shown: list[str] = []
        self.undos: list[UUID] = []
        self.forms: list[tuple[WalkIn, Consent]] = []
        self.left: list[PersonId] = []
        self.acquaintances: dict[str, Acquaintance] = {}
        self.visits: list[Outcome] = []
        """What is answered, one after the other, to whoever asks how the visit stands."""
        self._answers = answers or {}
        self._word = word
        self._statuses = list(statuses)
        self._undone = undone
        self._house = house

    async def present(self, code: Code | None) -> Outcome:
        if code is None:
            self.shown.append("no code")
            return Outcome(OutcomeKind.UNKNOWN)
        assert code.via is Via.LINE
        word = "out" if code.wish is Wish.LEAVE else "agree" if code.consent is Consent.GIVEN else ""
        parts = (word, code.text, code.initial or "")
        self.shown.append(" ".join(part for part in parts if part))
        return self._answers.get(self.shown[-1], Outcome(OutcomeKind.UNKNOWN))

    async def hosts(self, typed: str, page: int = 0) -> HostPage:
        by_number = {host.id.number: host for host in HOSTS}
        return HostIndex(HOSTS, self._house.host_rules, by_number.get).search(typed, page)

    async def recall(self, email: str) -> Acquaintance:
        return self.acquaintances.get(email, STRANGER)

    async def present_visitors(self, typed: str) -> Sequence[Leaver]:
        return leaving(VISITORS_IN, typed)

    async def leave(self, person: PersonId, via: Via) -> Outcome:
        assert via is Via.LINE
        self.left.append(person)
        return replace(goodbye("Grace Hopper"), person=PersonKind.VISITOR)

    async def visit_now(self, outcome: Outcome) -> Outcome:
        return self.visits.pop(0) if self.visits else outcome

    async def register(self, form: WalkIn, consent: Consent, via: Via) -> Outcome:
        assert via is Via.LINE
        if self._house.texts.terms and consent is Consent.PENDING:
            return Outcome(OutcomeKind.ASK_TERMS, form.name, PersonKind.VISITOR)
        self.forms.append((form, consent))
        host = form.host.name if form.host else ""
        return replace(welcome(form.name), person=PersonKind.VISITOR, host=host)

    async def word_on(self, outcome: Outcome) -> Outcome:
        if outcome.event is None:
            return outcome
        if self._word.standing is Standing.REFUSED:
            return replace(outcome, kind=OutcomeKind.REFUSED, reason=Reason.NEXUDUS, event=None, word=self._word)
        return replace(outcome, word=self._word)

    async def undo(self, event: UUID) -> Outcome:
        self.undos.append(event)
        recorded = self._undone is OutcomeKind.UNDONE
        return Outcome(self._undone, word=Word(Standing.AWAITED if recorded else Standing.NONE))

    def status(self) -> LineStatus:
        return self._statuses.pop(0) if len(self._statuses) > 1 else self._statuses[0]

    def house(self) -> House:
        return self._house


async def no_sleep(seconds: float) -> None:
    """Time at the end passes at once: what is waited for is in the script."""


async def talk(desk: ScriptedDesk, typed: str | bytes, *, prompts: bool = False) -> list[str]:
    """Type it all, to the end of the input, and return the lines that were answered, without the bye."""
    source = io.BytesIO(typed.encode() if isinstance(typed, str) else typed)
    out = io.StringIO()
    status = await LineDesk(desk, Speech(), source, out, prompts=prompts, sleep=no_sleep).run()
    assert status == 0
    *lines, last, after = out.getvalue().split("\n")
    assert after == ""
    assert last == "bye everything is with Nexudus"
    return lines


def answers(lines: list[str]) -> list[str]:
    """What a person reads, without the menu."""
    return [line for line in lines if not line.startswith(("Harbour Works.", "Type a number, your code"))]
