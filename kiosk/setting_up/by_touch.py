"""Setting up by touch: the steps of `kiosk.setting_up.steps` as the wizard on the glass takes them.

Each step opens the state and gives it back, so that `kiosk setup` can be given on another terminal meanwhile. All of it
runs in a loop of its own: the glass waits for no disk and no network.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from pydantic import SecretStr, ValidationError

from kiosk.assembly import State, address_of, open_state, read_state, with_overrides
from kiosk.clock import SystemClock
from kiosk.control.clerk import SignsIn
from kiosk.control.protocol import SignInAgain
from kiosk.desk import provisioning as seen
from kiosk.desk.clock import Anchor, LearningClock, anchor_from_date
from kiosk.desk.odds import warning
from kiosk.desk.ports import NotRecorded
from kiosk.desk.provisioning import Credentials, Hindrance, NotDone, Obstacle, Passage, Passing, Way
from kiosk.desk.staff import NotPossible, SignInRefused
from kiosk.health.network import leads_elsewhere
from kiosk.loop_thread import LoopThread
from kiosk.nexudus import reach
from kiosk.nexudus.address import parse_address
from kiosk.nexudus.errors import (
    NeverSent,
    NexudusError,
    NoAnswer,
    RightsMissing,
    RoleMissing,
    SignInNeeded,
    Throttled,
    Unreached,
    WrongAddress,
    WrongSignIn,
)
from kiosk.nexudus.permissions import Standing
from kiosk.setting_up.steps import Account, LocationUnclear, enter, known_email, look_again, settle
from kiosk.settings import Settings
from kiosk.state.errors import StateError
from kiosk.state.site import Site, SiteStore
from kiosk.wiring.house import house_by_settings

_OBSTACLES: Final = MappingProxyType(
    {
        reach.Obstacle.NO_NAME_SERVER: Obstacle.NO_NAME_SERVER,
        reach.Obstacle.NAME_UNKNOWN: Obstacle.NAME_UNKNOWN,
        reach.Obstacle.NO_ROUTE: Obstacle.NO_NETWORK,
        reach.Obstacle.NO_CONNECTION: Obstacle.NO_CONNECTION,
        reach.Obstacle.CLOCK: Obstacle.CLOCK_WRONG,
        reach.Obstacle.NOT_TRUSTED: Obstacle.NOT_TRUSTED,
        reach.Obstacle.SOMEBODY_ELSE: Obstacle.SOMEBODY_ELSE,
        reach.Obstacle.OUT_OF_ORDER: Obstacle.OUT_OF_ORDER,
    }
)
_LEGS: Final = MappingProxyType(
    {
        reach.Step.NAME: seen.Leg.NAME,
        reach.Step.CONNECTION: seen.Leg.CONNECTION,
        reach.Step.ENCRYPTION: seen.Leg.TRUST,
        reach.Step.ANSWER: seen.Leg.ANSWER,
    }
)
_PASSINGS: Final = MappingProxyType(
    {
        reach.Passage.PASSED: Passing.PASSED,
        reach.Passage.STOPPED: Passing.STOPPED,
        reach.Passage.NOT_TRIED: Passing.NOT_TRIED,
    }
)
_HELD: Final = MappingProxyType(
    {
        Standing.GRANTED: seen.Held.GRANTED,
        Standing.MISSING: seen.Held.MISSING,
        Standing.UNVERIFIED: seen.Held.UNVERIFIED,
    }
)


SET_UP = "set-up"
"""Who set the staff PIN, in the audit."""


class FirstStart:
    """Fulfils the desk's `Provisioning` with this device's state and Nexudus itself."""

    def __init__(self, settings: Settings, aside: LoopThread, clock: LearningClock | None = None) -> None:
        """Prepare.

        Args:
            settings: Where the state is, and Nexudus.
            aside: Where the work is done.
            clock: This device's clock unless given.
        """
        self._settings = settings
        self._aside = aside
        self._clock = clock or SystemClock()
        site = _site_of(settings)
        self.usual_address = address_of(settings, site)
        self.is_address_settled = bool(settings.nexudus.url)
        self.usual_email = usual_email(settings, site)
        self._account: Account | None = None

    async def explore(self, address: str) -> Way:
        """See `Provisioning`."""
        return await self._aside.carry_out(self._explore(address))

    async def sign_in(self, credentials: Credentials) -> seen.AccountSeen:
        """See `Provisioning`."""
        return await self._aside.carry_out(self._sign_in(credentials))

    async def look_again(self) -> seen.AccountSeen:
        """See `Provisioning`."""
        return await self._aside.carry_out(self._look_again())

    async def settle(self, place: int, progress: seen.Progress) -> seen.Settled:
        """See `Provisioning`."""
        return await self._aside.carry_out(self._settle(place, progress))

    async def is_ready(self) -> bool:
        """See `Provisioning`."""
        return await asyncio.to_thread(lambda: _site_of(self._settings).ready)

    async def _explore(self, address: str) -> Way:
        anchors: list[Anchor] = []

        def told(date: datetime, round_trip: float) -> None:
            anchors.append(anchor_from_date(date, round_trip, self._clock.now()))

        with _told():
            parsed = parse_address(address)
            self._settings = with_overrides(self._settings, parsed.url, None)
            if not parsed.loopback and not leads_elsewhere():
                return Way(parsed.url, _stopped_at_once())
            stretches = await reach.explore(parsed.url, told)
        network = Passage(seen.Leg.NETWORK, Passing.PASSED)
        return Way(parsed.url, [network, *map(_passage, stretches)], self._clock_off(anchors))

    def _clock_off(self, anchors: list[Anchor]) -> timedelta | None:
        now = self._clock.now()
        return now.wall - anchors[-1].time_at(now.since_boot) if anchors else None

    async def _sign_in(self, credentials: Credentials) -> seen.AccountSeen:
        with _told(), self._state() as state:
            self._account = await enter(
                self._settings,
                state,
                credentials.email,
                credentials.password,
                credentials.code or None,
                _untold,
                self._clock,
            )
            self.usual_email = credentials.email
            return _seen(self._account, state.site)

    async def _look_again(self) -> seen.AccountSeen:
        with _told(), self._state() as state:
            self._account = await look_again(self._settings, state, self._clock)
            return _seen(self._account, state.site)

    async def _settle(self, place: int, progress: seen.Progress) -> seen.Settled:
        account = self._account
        business = next((one for one in account.businesses if one.id == place), None) if account else None
        if account is None or business is None:
            raise NotDone(Hindrance.PLACE)
        with _told(), self._state() as state:
            found = await settle(self._settings, state, account, business, _untold, self._clock, progress)
            odds = self._settings.desk.guess_odds
            return seen.Settled(
                house=house_by_settings(found.site, self._settings),
                zone=found.site.zone,
                zone_is_sure=found.zone_is_sure,
                members=found.members,
                visitors=found.visitors,
                present=found.present,
                guessable=warning(state.directory.pin_lengths(), odds) is not None,
                host_filter=bool(found.site.customer_filter),
            )

    def set_staff_pin(self, pin: str) -> None:
        """Fulfils the desk's `StaffPinKeeper`."""
        try:
            with self._state() as state:
                state.room.set_pin(pin, self._clock.now(), SET_UP)
        except StateError as error:
            raise NotRecorded(str(error)) from error

    @contextmanager
    def _state(self) -> Iterator[State]:
        with open_state(self._settings, self._clock) as state:
            yield state


class SignInByTouch:
    """Fulfils the desk's `SigningIn` for a kiosk that runs, as after a password reset: it goes on where it stands."""

    def __init__(self, signs_in: SignsIn, usual_email: Callable[[], str] = lambda: "") -> None:
        """Prepare. `signs_in` blocks, and is asked in a thread; `usual_email` tells who was signed in last."""
        self._signs_in = signs_in
        self._usual_email = usual_email

    @property
    def usual_email(self) -> str:
        """See `SigningIn`."""
        return self._usual_email()

    async def sign_in(self, credentials: Credentials) -> None:
        """See `SigningIn`. What the account may do is not asked here: the kiosk goes on as it is."""
        try:
            request = SignInAgain(
                email=credentials.email,
                password=SecretStr(credentials.password),
                totp=credentials.code or None,
            )
        except ValidationError:
            raise NotDone(Hindrance.REFUSED) from None
        try:
            await asyncio.to_thread(self._signs_in, request)
        except SignInRefused as error:
            raise NotDone(Hindrance.CODE_WANTED if error.wants_code else Hindrance.REFUSED) from error
        except NotPossible as error:
            raise NotDone(Hindrance.UNREACHED, str(error)) from error


def _untold(line: str) -> None:
    """What was found is shown in the words of the glass."""


def _site_of(settings: Settings) -> Site:
    """What is known already; nothing where nothing can be read, which the first step will say."""
    try:
        with read_state(settings) as reading:
            return SiteStore(reading.precious).site or Site(client_id="")
    except StateError:
        return Site(client_id="")


def usual_email(settings: Settings, site: Site) -> str:
    """The account that was signed in last; empty where nothing can be read, which the first step will say."""
    try:
        return known_email(settings, site)
    except (StateError, NexudusError):
        return ""


def _stopped_at_once() -> list[Passage]:
    first, *rest = seen.Leg
    return [
        Passage(first, Passing.STOPPED, Obstacle.NO_NETWORK),
        *(Passage(leg, Passing.NOT_TRIED) for leg in rest),
    ]


def _passage(stretch: reach.Stretch) -> Passage:
    obstacle = None if stretch.obstacle is None else _OBSTACLES[stretch.obstacle]
    passing = _PASSINGS[stretch.passage]
    return Passage(_LEGS[stretch.step], passing, obstacle if passing is Passing.STOPPED else None)


def _seen(account: Account, site: Site) -> seen.AccountSeen:
    places = sorted((seen.Place(one.id, one.name) for one in account.businesses), key=lambda one: one.name.casefold())
    rights = [
        seen.RightSeen(str(one.right), _HELD[one.standing], one.without, one.essential) for one in account.permissions
    ]
    usual = site.business_id or account.me.default_business_id
    return seen.AccountSeen(account.me.full_name or account.me.email, places, rights, usual)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what can go wrong on the way into the desk's reasons."""
    try:
        yield
    except NexudusError as error:
        raise NotDone(_hindrance(error), _said(error)) from error
    except LocationUnclear as error:
        raise NotDone(Hindrance.PLACE, str(error)) from error
    except StateError as error:
        raise NotDone(Hindrance.DISK, str(error)) from error


def _hindrance(error: NexudusError) -> Hindrance:
    match error:
        case WrongAddress():
            return Hindrance.ADDRESS
        case WrongSignIn():
            return Hindrance.CODE_WANTED if error.wants_code else Hindrance.REFUSED
        case SignInNeeded():
            return Hindrance.SIGN_IN_AGAIN
        case NeverSent():
            return Hindrance.DISK if error.reason is Unreached.STORAGE else Hindrance.UNREACHED
        case Throttled():
            return Hindrance.BUSY
        case RoleMissing() | RightsMissing():
            return Hindrance.RIGHT_MISSING
        case NoAnswer() | _:
            return Hindrance.NO_ANSWER


def _said(error: NexudusError) -> str:
    """What Nexudus itself said to a sign-in; it may be all that tells what is wrong."""
    return error.message if isinstance(error, WrongSignIn) else ""
