"""What this kiosk's settings add to the location as Nexudus has it."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

from kiosk.desk.badges import BadgePlace
from kiosk.desk.elsewhere import Tiles
from kiosk.desk.hosts import HostChoice, HostRules
from kiosk.desk.house import House, VisitorCheckIn, WalkInApproval
from kiosk.settings import Settings
from kiosk.state.site import Site


def house_by_settings(site: Site, settings: Settings) -> House:
    """The location with the rules of this kiosk."""
    desk, nexudus, visitors = settings.desk, settings.nexudus, settings.visitors
    return replace(
        site.house(desk.greet_again_seconds, desk.undo_seconds, desk.guess_odds),
        visitor_check_in=VisitorCheckIn.RECEPTION if nexudus.salto_ks else VisitorCheckIn.KIOSK,
        walk_in_approval=WalkInApproval.BY_HOST if nexudus.approve_walk_ins else WalkInApproval.NOT_ASKED,
        host_rules=host_rules(site, settings),
        country=visitors.country or country_of(site.zone),
        reception=desk.reception,
        tiles=Tiles(settings.passport.check_in_url, settings.passport.check_out_url, settings.passport.watch_seconds),
        badge_place=BadgePlace(settings.badges.place, settings.badges.custom_field),
    )


def host_rules(site: Site, settings: Settings) -> HostRules:
    """Whom visitors may choose.

    A location that limits its customers in Nexudus does so in a format that is not public, so the limit cannot be
    applied here. Rather than show whom the location hides, nobody is then shown before a whole name is typed, unless
    the settings say who can be visited.
    """
    wanted = settings.visitors
    unread = site.customer_filter and not wanted.hosts_allowed
    choice = HostChoice.FULL_NAME if unread else wanted.host_choice
    return HostRules(choice, wanted.hosts_allowed, wanted.hosts_denied)


def country_of(zone: str) -> str:
    """The two letters of the country that an IANA time zone is named after; empty where the list does not say."""
    try:
        lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines()
    except (ModuleNotFoundError, OSError):
        return ""
    columns = (line.split("\t") for line in lines if not line.startswith("#"))
    return next((column[0] for column in columns if len(column) > 2 and column[2] == zone), "")
