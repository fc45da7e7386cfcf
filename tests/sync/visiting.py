"""What a visitor does at the kiosk of a whole road, and what came of it."""

from __future__ import annotations

from kiosk.desk.credentials import Code, Via
from kiosk.desk.hosts import Host
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import Consent
from kiosk.desk.queue import Entry
from kiosk.desk.walk_in import read_walk_in
from kiosk.sandbox import seed_visitors
from kiosk.sandbox.entities import VISITORS
from kiosk.sandbox.schema import Record
from kiosk.sandbox.world import Unknowns, VisitorCommandList
from kiosk.sync.invitations import Invitations
from kiosk.sync.lookup import LookUp
from kiosk.sync.true_time import TrueTime
from tests.road import Road

TOMAS = "Tomás Rey"
ANA = "Ana Prueba"
EMAIL = "ana@prueba.test"
TERMS_NOT_AGREED = seed_visitors.TERMS_NOT_AGREED


def offer_commands(road: Road, commands: VisitorCommandList = VisitorCommandList.OFFERED) -> None:
    road.world.unknowns = Unknowns(visitor_commands=commands)


async def look_up(road: Road, code: Code) -> None:
    """Ask Nexudus about a code, as the running courier does for one that is not known."""
    state, house = road.state, road.desk.house
    times = TrueTime(state.ledger, road.clock, road.nexudus.me)
    invitations = Invitations(road.nexudus, state.directory, state.ledger, times, house)
    await LookUp(road.nexudus, state.directory, invitations, house).look_up(code)


async def came(road: Road, name: str) -> Outcome:
    outcome = await road.desk.present(road.typed(name))
    assert outcome.kind is OutcomeKind.WELCOME
    return outcome


async def registered(road: Road, host: Host | None = None, consent: Consent = Consent.GIVEN) -> Outcome:
    form = read_walk_in(ANA, EMAIL, host, "Prueba S.L.", "+34 600 000 000", "Interview")
    return await road.desk.register(form, consent, Via.LINE)


async def a_host(road: Road) -> Host:
    (host,) = (await road.desk.hosts("zoë lindqvist")).hosts
    return host


def entry_of(road: Road, outcome: Outcome) -> Entry:
    assert outcome.event is not None
    entry = road.state.ledger.entry(outcome.event)
    assert entry is not None
    return entry


def walk_ins(road: Road) -> list[Record]:
    return [row for row in road.world.rows(VISITORS) if row.text("FullName") == ANA]


async def settle(road: Road) -> None:
    await road.courier.deliver_due()
    road.clock.advance(seconds=71)
    await road.courier.deliver_due()
