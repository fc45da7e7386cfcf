"""Setting a kiosk up: sign in, choose the location, read what belongs to it. Without a screen, so that it can be
scripted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kiosk.assembly import State, connect, errands_for
from kiosk.clock import SystemClock
from kiosk.desk.clock import LearningClock
from kiosk.desk.odds import warning
from kiosk.nexudus.assumptions import DEFAULT_ADDRESS
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import RoleMissing
from kiosk.nexudus.models import Business, Me
from kiosk.settings import Settings
from kiosk.state.site import Site
from kiosk.sync.form import form_from
from kiosk.sync.link import LinkWatch
from kiosk.sync.translate import texts_from

Tell = Callable[[str], None]


class LocationUnclear(Exception):
    """It cannot be told which location is meant. The message lists those the account may see."""


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
    """Sign in and make the kiosk ready: location, time zone, texts, members, visitors, and who is in.

    The password is used once and not kept.

    Args:
        settings: Where Nexudus is and where the state is.
        state: This device's state.
        email: The kiosk's own account.
        password: Its password.
        location: The location's name; may be left out where the account has one.
        totp: The second factor, where the account has one.
        tell: Called with a sentence after each step.
        clock: This device's clock unless given.

    Raises:
        NexudusError: Nexudus cannot be reached, or refuses.
        LocationUnclear: The location is not among the account's.
        StateError: The state cannot be written.
    """
    url = settings.nexudus.url or DEFAULT_ADDRESS
    clock = clock or SystemClock()
    nexudus = connect(url, settings.state.folder, state.site.client_id, clock, state.at_rest)
    try:
        await nexudus.client.session.sign_in(email, password, totp)
        me = await nexudus.me()
        tell("Signed in.")
        business = choose_location(await nexudus.businesses(), location)
        site = await _read_site(nexudus, state.site, business, me, url)
        _refuse_to_move(state, site)
        tell(f"Location: {site.name}, time zone {site.zone}.")
        if me.default_business_id != business.id:
            tell("The time zone is that of the account's own location: Nexudus gives no other. See that it is right.")
        errands = errands_for(nexudus, settings, state, clock, LinkWatch(), site)
        tell(f"{await errands.read_members()} members can check in by PIN.")
        if easily_guessed := warning(state.directory.pin_lengths(), settings.desk.guess_odds):
            tell(easily_guessed)
        tell(f"{await errands.read_visitors()} visitors are invited for yesterday, today and tomorrow.")
        tell(f"{await errands.read_presence()} members are checked in now.")
        # Last: a kiosk whose lists could not be read has not been set up.
        state.sites.save(site)
        return site
    finally:
        await nexudus.client.aclose()


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
    """The location of that name or web address, or the only one. Raises LocationUnclear."""
    if wanted is None and len(businesses) == 1:
        return businesses[0]
    if wanted is not None:
        key = wanted.strip().casefold()
        found = [one for one in businesses if key in (one.name.casefold(), one.web_address.casefold(), str(one.id))]
        if len(found) == 1:
            return found[0]
    names = ", ".join(one.name for one in businesses) or "none"
    said = f"There is no location {wanted!r}." if wanted is not None else "Which location?"
    raise LocationUnclear(f"{said} Name one with --location. This account sees: {names}.")


async def _read_site(nexudus: Nexudus, old: Site, business: Business, me: Me, url: str) -> Site:
    """What is to be known of a location. Its texts are a nicety: without the right to read them the kiosk uses its
    own."""
    try:
        settings = await nexudus.settings_of(business.id)
    except RoleMissing:
        settings = {}
    zone = me.default_simple_time_zone_name_iana or old.zone
    return replace(
        old,
        base_url=url,
        business_id=business.id,
        name=business.name,
        zone=zone,
        texts=texts_from(settings),
        visit_form=form_from(settings),
    )
