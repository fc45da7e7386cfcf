"""Builds the parts out of the settings and hands them to each other; the only place that knows all of them."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from kiosk.clock import SystemClock
from kiosk.control.clerk import NO_PARTS, Clerk, Parts, SignsIn
from kiosk.control.protocol import SignInAgain
from kiosk.control.server import ControlServer
from kiosk.desk.clock import Clock, LearningClock, anchor_from_date
from kiosk.desk.house import Closure, House
from kiosk.desk.odds import warning
from kiosk.desk.staff import NotPossible, SignInRefused
from kiosk.desk.visitor_desk import MemberDesk
from kiosk.nexudus.address import parse_address
from kiosk.nexudus.assumptions import DEFAULT_ADDRESS
from kiosk.nexudus.client import NexudusClient
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NexudusError, WrongSignIn
from kiosk.nexudus.permissions import Trying
from kiosk.nexudus.session import Renewal, Session
from kiosk.nexudus.tokens import TokenFile
from kiosk.nexudus.wire import Wire
from kiosk.overrides import with_overrides as with_overrides
from kiosk.reception import Reception
from kiosk.sensors.camera import FrameSource
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.scanner import CameraScanner, NoScanner
from kiosk.setting_up.sign_in_again import ElsewhereMeant, refuse_to_move, sign_in_again
from kiosk.settings import Settings
from kiosk.staff_corner import Instruments, StaffCorner
from kiosk.state.badges import BadgeBook
from kiosk.state.directory import DirectoryStore
from kiosk.state.errors import StateNotWritten
from kiosk.state.guests import GuestBook, kept_in
from kiosk.state.ledger import Ledger
from kiosk.state.sealing import CLEAR, AtRest
from kiosk.state.secrets import CodeHasher, derive, load_key, present_key
from kiosk.state.site import Site, SiteStore
from kiosk.state.staff import StaffBook
from kiosk.state.staff_pin import PinHasher
from kiosk.state.staff_room import StaffRoom
from kiosk.state.store import Reading, Store, read_only
from kiosk.sync.commands import CommandList
from kiosk.sync.courier import Courier
from kiosk.sync.delivery import Delivery
from kiosk.sync.doubles import Doubles
from kiosk.sync.errands import Errands
from kiosk.sync.gate import Gate, PacedWire
from kiosk.sync.invitations import Invitations
from kiosk.sync.link import LinkWatch
from kiosk.sync.location import LocationReading
from kiosk.sync.lookup import LookUp
from kiosk.sync.members import MemberPasses
from kiosk.sync.pace import Sleep, Urgency
from kiosk.sync.thread import CourierThread
from kiosk.sync.true_time import TrueTime
from kiosk.wiring.courier import gate_of, rhythm_of, round_of, timetable_of
from kiosk.wiring.face import logo_of
from kiosk.wiring.figures import counted
from kiosk.wiring.house import house_by_settings
from kiosk.wiring.night import night_of
from kiosk.wiring.staff import alarm_watch_of, archive_of, staff_corner_of
from kiosk.wiring.surroundings import HERE, Surroundings

SIGN_IN_SECONDS = 60.0
"""How long a new sign-in of the running kiosk may take."""

logger = logging.getLogger(__name__)


class NotSetUp(Exception):
    """The kiosk has no location yet. The message says what to do."""


@dataclass(frozen=True, slots=True)
class State:
    """What is on this device's disk, opened for writing."""

    store: Store
    at_rest: AtRest
    sites: SiteStore
    ledger: Ledger
    directory: DirectoryStore
    guests: GuestBook
    room: StaffRoom
    badges: BadgeBook

    @property
    def site(self) -> Site:
        """Where this kiosk stands. `open_state` made one if there was none."""
        site = self.sites.site
        if site is None:
            raise NotSetUp("The state was opened without a site.")
        return site


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A whole kiosk, its courier at work.

    Attributes:
        settings: What it was built from.
        state: Its disk.
        desk: What screens and the plain-text desk ask.
        staff: What the staff corner asks.
        courier_beat: When the courier's loop last moved, by `time.monotonic`.
        sign_in: Signs it in anew where it stands. Blocks.
    """

    settings: Settings
    state: State
    desk: MemberDesk
    staff: StaffCorner
    courier_beat: Callable[[], float]
    sign_in: SignsIn


@contextlib.contextmanager
def open_state(settings: Settings, clock: Clock | None = None, around: Surroundings = HERE) -> Iterator[State]:
    """Open this device's state, making it on the first start.

    Raises:
        StateError: It is in use, damaged, or cannot be written.
    """
    clock = clock or SystemClock()
    # First, since a key that is refused must leave no state behind.
    key = load_key(settings.state.key_file, settings.state.folder)
    at_rest = AtRest.under(key, sealed=settings.state.encryption)
    with Store(settings.state.folder, at_rest) as store:
        sites = SiteStore(store.precious)
        if sites.site is None:
            sites.save(Site(client_id=str(uuid4())))
        ledger = Ledger(store.precious, around.monotonic)
        if store.damage:
            with contextlib.suppress(StateNotWritten):  # then the repair is not written either, and is found again
                StaffBook(ledger).note_damage(store.damage, clock.now())
        guests = GuestBook(store.directory, key, kept_in(ledger))
        directory = DirectoryStore(store.directory, CodeHasher(key), guests, archive_of(settings, clock))
        room = StaffRoom(store.precious, PinHasher(derive(key, "staff pin")))
        badges = BadgeBook(store.precious, key, directory, clock, settings.badges.calibration)
        yield State(store, at_rest, sites, ledger, directory, guests, room, badges)


@contextlib.contextmanager
def read_state(settings: Settings) -> Iterator[Reading]:
    """Read this device's state beside whoever writes to it. Raises StateError."""
    with read_only(settings.state.folder, at_rest_for_reading(settings)) as reading:
        yield reading


def at_rest_for_reading(settings: Settings) -> AtRest:
    """Opens what is sealed, if this device's key is there; makes none. Raises StateDamaged."""
    return AtRest.under(present_key(settings.state.key_file, settings.state.folder), sealed=False)


def address_of(settings: Settings, site: Site) -> str:
    """Where Nexudus is: what the settings say, else where the kiosk was set up, else the service itself."""
    return settings.nexudus.url or site.base_url or DEFAULT_ADDRESS


def connect(
    url: str,
    folder: Path,
    client_id: str,
    clock: LearningClock,
    at_rest: AtRest = CLEAR,
    renewal: Renewal = Renewal.HERE,
) -> Nexudus:
    """The way to Nexudus. For use in one event loop, which also closes it (`nexudus.client.aclose()`).
    The clock learns the time of every answer: it came over TLS, or from this machine, so nobody else wrote it.

    Raises:
        WrongAddress: The address cannot be used.
    """
    wire = wire_to(url, clock)
    session = Session(wire, token_file(url, folder, at_rest), client_id, lambda: clock.now().wall, renewal)
    return Nexudus(NexudusClient(wire, session))


def wire_to(url: str, clock: LearningClock, around: Surroundings = HERE) -> Wire:
    """The connection, whose answers tell the clock the time. Raises WrongAddress."""

    def told(date: datetime, round_trip: float) -> None:
        clock.learn(anchor_from_date(date, round_trip, clock.now()))

    return Wire(url, on_date=told, transport=around.transport)


def token_file(url: str, folder: Path, at_rest: AtRest = CLEAR) -> TokenFile:
    """Where the sign-in for an address is kept. It belongs to that one: pointed elsewhere, the kiosk has none, and
    gives nobody another's token. Raises WrongAddress."""
    mark = hashlib.sha256(parse_address(url).url.encode()).hexdigest()[:12]
    return TokenFile(folder / f"tokens-{mark}.json", at_rest.opener, at_rest.sealer)


@contextlib.contextmanager
def open_kiosk(settings: Settings, clock: LearningClock | None = None, parts: Parts = NO_PARTS) -> Iterator[Kiosk]:
    """Build a kiosk and set its courier to work; at the end the courier stops and the state is given back.

    Raises:
        StateError: The state cannot be had.
        NotSetUp: No location has been chosen yet.
        WrongAddress: The address of Nexudus cannot be used.
    """
    clock = clock or SystemClock()
    with open_state(settings, clock) as state:
        if not state.site.ready:
            raise NotSetUp("This kiosk is not set up yet. Run 'kiosk setup' first.")
        if easily_guessed := warning(state.directory.pin_lengths(), settings.desk.guess_odds):
            logger.warning("%s", easily_guessed)
        courier, nexudus = build_courier(settings, state, clock)
        thread = CourierThread(courier.run, nexudus.client.aclose)
        reception = build_desk(settings, state, courier, clock)
        desk, figures = counted(settings, reception, state.ledger, parts)
        thread.start()
        figures.start()
        sign = signer(settings, state, nexudus, courier, thread, clock)
        clerk = clerk_for(state, clock, courier, sign, parts)
        control = ControlServer(settings.state.folder, clerk.answer)
        control.start()
        sight = Instruments(parts.camera or NoScanner().standing, parts.radio)
        staff = staff_corner_of(settings, state.ledger, state.directory, state.room, reception, courier, clock, sight)
        alarm = alarm_watch_of(settings, staff, state.room, clock, desk.house)
        try:
            if alarm is not None:
                alarm.start()
            yield Kiosk(settings, state, desk, staff, thread.last_beat, sign)
        finally:
            figures.stop()
            if alarm is not None:
                alarm.stop()
            control.stop()
            thread.stop()


def build_desk(settings: Settings, state: State, courier: Courier, clock: Clock) -> Reception:
    """The front desk over this state."""
    house, seconds = house_of(state, settings), settings.nexudus.confirm_seconds
    return Reception(state.directory, state.ledger, courier, clock, house, seconds, guests=state.guests)


def clerk_for(
    state: State,
    clock: Clock,
    courier: Courier | None = None,
    sign: SignsIn | None = None,
    parts: Parts = NO_PARTS,
) -> Clerk:
    """Whoever carries out what staff ask; with the courier and the parts of the kiosk that runs, if one does."""
    book, set_pin = StaffBook(state.ledger), state.room.set_pin
    return Clerk(book, state.directory, clock, courier, sign, parts=parts, set_pin=set_pin, badges=state.badges)


def signer(
    settings: Settings, state: State, running: Nexudus, courier: Courier, thread: CourierThread, clock: LearningClock
) -> SignsIn:
    """How the kiosk that runs signs in anew: in the courier's loop, where its session lives."""

    def sign_in(request: SignInAgain) -> str:
        site, folder = state.site, settings.state.folder
        url = address_of(settings, site)
        try:
            refuse_to_move(site, url, request.location, request.url)
            with tempfile.TemporaryDirectory(prefix="sign-in-", dir=folder) as aside:

                async def again() -> None:
                    trial = connect(url, Path(aside), site.client_id, clock, state.at_rest)
                    password = request.password.get_secret_value()
                    await sign_in_again(trial, running, site, request.email, password, request.totp)
                    courier.signed_in()

                thread.carry_out(again(), SIGN_IN_SECONDS)
        except ElsewhereMeant as error:
            raise NotPossible(str(error)) from error
        except WrongSignIn as error:
            raise SignInRefused(error.staff, wants_code=error.wants_code) from error
        except NexudusError as error:
            raise NotPossible(error.staff) from error
        except TimeoutError as error:
            raise NotPossible("Nexudus did not answer in time. See 'kiosk status', and try again.") from error
        return f"Signed in at {site.name}. The running kiosk goes on, and what waits goes up now."

    return sign_in


def errands_for(
    nexudus: Nexudus,
    settings: Settings,
    state: State,
    clock: Clock,
    link: LinkWatch,
    site: Site | None = None,
    times: TrueTime | None = None,
    sleep: Sleep = asyncio.sleep,
    around: Surroundings = HERE,
) -> Errands:
    """The reading part of the courier's work, for the kiosk's own site unless another is to be looked at first."""
    house = house_of(state, settings) if site is None else lambda: house_by_settings(site, settings)
    times = times or TrueTime(state.ledger, clock, nexudus.me)
    timetable = timetable_of(settings, state.site.client_id)
    return Errands(
        nexudus,
        MemberPasses(nexudus, state.directory, times, house, timetable, sleep),
        Invitations(nexudus, state.directory, state.ledger, times, house, around.monotonic),
        LocationReading(nexudus, house, state.sites, times, timetable, link, sleep, logo_of(nexudus, house, settings)),
        state.directory,
        state.ledger,
        clock,
        times,
        house,
        round_of(settings),
        link,
        Doubles(nexudus, state.ledger, clock),
        night_of(nexudus, state.ledger, state.directory, clock, times, house, timetable),
        draw=around.draw,
        sleep=sleep,
        monotonic=around.monotonic,
    )


def trying_of(settings: Settings) -> Trying:
    """Which rights of the account may be tried."""
    return Trying.ALL if settings.nexudus.try_writing else Trying.READING


def choose_scanner(source: FrameSource | None, decoder: Decoder) -> CameraScanner | NoScanner:
    """A scanner over a camera; without a camera or any decoder, none."""
    return CameraScanner(source, decoder) if source is not None and decoder.names else NoScanner()


def house_of(state: State, settings: Settings) -> Callable[[], House]:
    """The location as it stands in the state now, made anew only when that changes."""
    known: list[tuple[Site, Closure | None, House]] = []

    def house() -> House:
        site, closure = state.site, state.room.closure
        if not known or known[0][0] is not site or known[0][1] is not closure:
            known[:] = [(site, closure, replace(house_by_settings(site, settings), closure=closure))]
        return known[0][2]

    return house


def build_courier(
    settings: Settings, state: State, clock: LearningClock, around: Surroundings = HERE
) -> tuple[Courier, Nexudus]:
    """The courier, and the way to Nexudus that it uses and its loop closes."""
    house = house_of(state, settings)
    gate = gate_of(settings, around.monotonic, around.allowance)
    ways = paced_ways(settings, state, clock, gate, around)
    back, desk_way, link = ways[Urgency.IN_THE_BACK], ways[Urgency.AT_THE_DESK], LinkWatch()
    times = TrueTime(state.ledger, clock, back.me)
    invitations = Invitations(desk_way, state.directory, state.ledger, times, house, around.monotonic)
    commands = CommandList(desk_way, clock, used=settings.nexudus.visitor_commands)
    courier = Courier(
        state.ledger,
        {urgency: Delivery(way, state.ledger, clock, house, commands) for urgency, way in ways.items()},
        errands_for(back, settings, state, clock, link, times=times, around=around),
        LookUp(desk_way, state.directory, invitations, house),
        clock,
        times,
        rhythm_of(settings),
        link,
        gate,
        back.client.session.ending,
        around.monotonic,
    )
    return courier, back


def paced_ways(
    settings: Settings, state: State, clock: LearningClock, gate: Gate, around: Surroundings
) -> dict[Urgency, Nexudus]:
    """The ways to Nexudus through the gate, one for each urgency, over one connection and one session. Raises
    WrongAddress."""
    url, site = address_of(settings, state.site), state.site
    wire = wire_to(url, clock, around)
    file = token_file(url, settings.state.folder, state.at_rest)
    wires = {urgency: PacedWire(wire, gate, urgency) for urgency in Urgency}
    session = Session(wires[Urgency.AT_THE_DESK], file, site.client_id, lambda: clock.now().wall)
    return {urgency: Nexudus(NexudusClient(paced, session)) for urgency, paced in wires.items()}
