"""Setting a kiosk up: sign in, choose the location, read what belongs to it. Without a screen: `kiosk setup` asks on a
terminal, the wizard on the glass, and a script tells it all at once.

    LocationUnclear        it cannot be told which location is meant, or the present one may not be left yet
    └── LocationNotNamed   the account sees several, and none was named
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace

from kiosk.assembly import State, address_of, at_rest_for_reading, connect, errands_for, token_file, trying_of
from kiosk.clock import SystemClock
from kiosk.desk.clock import LearningClock
from kiosk.desk.odds import warning
from kiosk.health.nexudus import permission_words
from kiosk.nexudus.assumptions import MAX_PAGE_SIZE
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NexudusError, RightsMissing, RoleMissing
from kiosk.nexudus.models import Business, Me
from kiosk.nexudus.permissions import Permission, PermissionTrial, Standing
from kiosk.settings import Settings
from kiosk.state.site import Site
from kiosk.sync.form import customer_filter_from
from kiosk.sync.link import LinkWatch
from kiosk.sync.location import as_set
from kiosk.wiring.face import logo_of

Tell = Callable[[str], None]
Progress = Callable[[int, int | None], None]
"""Told how many records of members have been read, and of how many, if that is known."""


class LocationUnclear(Exception):
    """No location can be chosen. The message says why, and lists those that the account may see."""


class LocationNotNamed(LocationUnclear):
    """The account sees several locations, or none, and none was named."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account that has signed in.

    Attributes:
        me: Who that is.
        businesses: The locations it may see.
        permissions: Each right that the kiosk needs, and whether the account has it.
    """

    me: Me
    businesses: Sequence[Business]
    permissions: Sequence[Permission]

    def refuse_without_essentials(self) -> None:
        """Raise RightsMissing if the account may not do what no kiosk can do without."""
        if missing := [one.right for one in self.permissions if one.essential and one.standing is Standing.MISSING]:
            raise RightsMissing(missing)


@dataclass(frozen=True, slots=True)
class Settled:
    """What was found at a location.

    Attributes:
        site: It, as it is kept.
        members: How many can check in by PIN.
        visitors: How many are invited for these days; None where that may not be read.
        present: How many members are checked in now.
        zone_is_sure: Whether the time zone is this location's: Nexudus gives that of the account's own alone.
    """

    site: Site
    members: int
    visitors: int | None
    present: int
    zone_is_sure: bool


async def set_up(
    settings: Settings,
    state: State,
    email: str,
    password: str,
    location: str | None,
    totp: str | None,
    tell: Tell,
    clock: LearningClock | None = None,
) -> Site:
    """Sign in and make the kiosk ready in one go: `sign_in`, `choose_location` and `settle`, whose arguments these are.

    Raises:
        NexudusError: Nexudus cannot be reached, or refuses.
        LocationUnclear: The location is not among the account's.
        StateError: The state cannot be written.
    """
    account = await sign_in(settings, state, email, password, totp, tell, clock)
    place = choose_location(account.businesses, location)
    return (await settle(settings, state, account, place, tell, clock)).site


async def sign_in(
    settings: Settings,
    state: State,
    email: str,
    password: str,
    totp: str | None,
    tell: Tell,
    clock: LearningClock | None = None,
) -> Account:
    """Sign in, and find out what the account sees and may do.

    The password is used once and not kept.

    Args:
        settings: Where Nexudus is and where the state is.
        state: This device's state.
        email: The kiosk's own account.
        password: Its password.
        totp: The second factor, where the account has one.
        tell: Called with a sentence after each step.
        clock: This device's clock unless given.

    Raises:
        WrongSignIn: Nexudus refused them. Only a person may try again.
        RightsMissing: The account may not do what no kiosk can do without.
        NexudusError: Nexudus cannot be reached, or refuses.
    """
    account = await enter(settings, state, email, password, totp, tell, clock)
    account.refuse_without_essentials()
    return account


async def enter(
    settings: Settings,
    state: State,
    email: str,
    password: str,
    totp: str | None,
    tell: Tell,
    clock: LearningClock | None = None,
) -> Account:
    """Sign in as `sign_in` does, and leave it to the caller to heed what is missing: nobody signs in anew for it."""
    async with _connected(settings, state, clock or SystemClock()) as nexudus:
        await nexudus.client.session.sign_in(email, password, totp)
        me = await nexudus.me()
        tell("Signed in.")
        return await _account(nexudus, settings, me)


async def look_again(settings: Settings, state: State, clock: LearningClock | None = None) -> Account:
    """What the account that is signed in sees and may do now. Raises NexudusError."""
    async with _connected(settings, state, clock or SystemClock()) as nexudus:
        return await _account(nexudus, settings, await nexudus.me())


async def _account(nexudus: Nexudus, settings: Settings, me: Me) -> Account:
    permissions = await PermissionTrial(nexudus.client, trying_of(settings)).run()
    try:
        businesses = await nexudus.businesses()
    except RoleMissing:  # the permissions say so
        businesses = []
    return Account(me, businesses, permissions)


async def settle(
    settings: Settings,
    state: State,
    account: Account,
    business: Business,
    tell: Tell,
    clock: LearningClock | None = None,
    progress: Progress | None = None,
) -> Settled:
    """Make the kiosk ready for a location: time zone, texts, form, members, visitors, and who is in.

    Args:
        settings: Where Nexudus is and where the state is.
        state: This device's state, with the sign-in.
        account: Who has signed in.
        business: One of the account's locations.
        tell: Called with a sentence after each step.
        clock: This device's clock unless given.
        progress: Told of each page of members in place of `tell`.

    Raises:
        NexudusError: Nexudus cannot be reached, or refuses.
        LocationUnclear: Events of another location still wait.
        StateError: The state cannot be written.
    """
    clock = clock or SystemClock()
    async with _connected(settings, state, clock) as nexudus:
        site = await _read_site(nexudus, state.site, business, account.me, address_of(settings, state.site))
        _refuse_to_move(state, site)
        tell(f"Location: {site.name}, time zone {site.zone}.")
        if site.customer_filter:
            tell(
                "Visitors may choose some customers only, by a filter in Nexudus that this kiosk cannot read. Nobody "
                "is shown before a whole name is typed; visitors.hosts_allowed says who can be visited."
            )
        zone_is_sure = account.me.default_business_id == business.id
        if not zone_is_sure:
            tell("The time zone is that of the account's own location: Nexudus gives no other. See that it is right.")
        with contextlib.suppress(NexudusError):  # no kiosk waits for a picture
            await logo_of(nexudus, site.house, settings).read()
        errands = errands_for(nexudus, settings, state, clock, LinkWatch(), site)
        members = await errands.members.read_whole(progress or _told_by_page(tell))
        tell(f"{members} members can check in by PIN.")
        if easily_guessed := warning(state.directory.pin_lengths(), settings.desk.guess_odds):
            tell(easily_guessed)
        visitors = None
        with contextlib.suppress(RoleMissing):  # told with the other missing rights
            visitors = await errands.read_visitors()
            tell(f"{visitors} visitors are invited for yesterday, today and tomorrow.")
        present = await errands.read_presence()
        tell(f"{present} members are checked in now.")
        # Last: a kiosk whose lists could not be read has not been set up.
        state.sites.save(site)
    for line in permission_words(account.permissions):
        tell(line)
    return Settled(site, members, visitors, present, zone_is_sure)


def known_email(settings: Settings, site: Site) -> str:
    """The account that was signed in last, if any: most often it is the one that is meant. Raises StateError,
    WrongAddress."""
    tokens = token_file(address_of(settings, site), settings.state.folder, at_rest_for_reading(settings)).load()
    return tokens.email if tokens is not None else ""


@contextlib.asynccontextmanager
async def _connected(settings: Settings, state: State, clock: LearningClock) -> AsyncIterator[Nexudus]:
    site = state.site
    nexudus = connect(address_of(settings, site), settings.state.folder, site.client_id, clock, state.at_rest)
    try:
        yield nexudus
    finally:
        await nexudus.client.aclose()


def _told_by_page(tell: Tell) -> Progress:
    """Progress of a long list: what fits on one page needs no telling."""

    def told(read: int, total: int | None) -> None:
        if total is not None and total > MAX_PAGE_SIZE:
            tell(f"{read} of {total} records of members read ...")

    return told


def _refuse_to_move(state: State, site: Site) -> None:
    """Events say nothing of where they happened, so none may be left when a kiosk changes its place."""
    old = state.site
    if old.ready and (old.business_id, old.base_url) != (site.business_id, site.base_url):
        if state.ledger.waiting():
            raise LocationUnclear(
                f"{state.ledger.waiting()} events of {old.name} wait for Nexudus. Let them go up first, or use "
                f"another --state."
            )
        state.ledger.forget_presence()


def choose_location(businesses: Sequence[Business], wanted: str | None) -> Business:
    """The location of that name, web address or number, or the only one. Raises LocationUnclear."""
    if wanted is None and len(businesses) == 1:
        return businesses[0]
    if wanted is not None:
        key = wanted.strip().casefold()
        found = [one for one in businesses if key in (one.name.casefold(), one.web_address.casefold(), str(one.id))]
        if len(found) == 1:
            return found[0]
    names = ", ".join(one.name for one in businesses) or "none"
    sees = f"Name one with --location. This account sees: {names}."
    if wanted is None:
        raise LocationNotNamed(f"Which location? {sees}")
    raise LocationUnclear(f"There is no location {wanted!r}. {sees}")


async def _read_site(nexudus: Nexudus, old: Site, business: Business, me: Me, url: str) -> Site:
    """What is to be known of a location. Its texts are a nicety: without the right to read them the kiosk uses its
    own."""
    try:
        settings = await nexudus.settings_of(business.id)
    except RoleMissing:
        settings = {}
    zone = me.default_simple_time_zone_name_iana or old.zone
    place = replace(
        old,
        base_url=url,
        business_id=business.id,
        name=business.name,
        zone=zone,
        customer_filter=customer_filter_from(settings),
    )
    return place.at(as_set(place.location, settings))
