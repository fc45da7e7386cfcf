"""The location with the rules of this kiosk's settings."""

from __future__ import annotations

import pytest

from kiosk.desk.hosts import HostChoice, HostRules
from kiosk.desk.house import VisitorCheckIn, WalkInApproval
from kiosk.settings import DeskSettings, NexudusSettings, Settings, VisitorSettings
from kiosk.state.site import Site
from kiosk.wiring.house import country_of, host_rules, house_by_settings

SITE = Site("client", business_id=7, name="The Yard", zone="Europe/Madrid")
FILTERED = Site("client", business_id=7, customer_filter="Tariff=Full")


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Europe/Madrid", "ES"), ("America/New_York", "US"), ("Asia/Tokyo", "JP"), ("UTC", ""), ("Nowhere/Else", "")],
)
def test_the_country_is_that_of_the_time_zone_where_the_list_has_one(zone: str, country: str) -> None:
    assert country_of(zone) == country


def test_settings_say_more_than_the_time_zone() -> None:
    settings = Settings(
        visitors=VisitorSettings(country="PT"),
        desk=DeskSettings(reception="Dial 9."),
        nexudus=NexudusSettings(salto_ks=True, approve_walk_ins=True),
    )

    house = house_by_settings(SITE, settings)

    assert (house.country, house.reception) == ("PT", "Dial 9.")
    assert (house.visitor_check_in, house.walk_in_approval) == (VisitorCheckIn.RECEPTION, WalkInApproval.BY_HOST)
    assert house_by_settings(SITE, Settings()).country == "ES"


@pytest.mark.parametrize(
    ("site", "visitors", "rules"),
    [
        (SITE, VisitorSettings(), HostRules(HostChoice.SEARCH)),
        (SITE, VisitorSettings(host_choice=HostChoice.LIST), HostRules(HostChoice.LIST)),
        (FILTERED, VisitorSettings(host_choice=HostChoice.LIST), HostRules(HostChoice.FULL_NAME)),
        (FILTERED, VisitorSettings(hosts_allowed=("Acme",)), HostRules(HostChoice.SEARCH, ("Acme",))),
        (SITE, VisitorSettings(hosts_denied=("Acme",)), HostRules(HostChoice.SEARCH, (), ("Acme",))),
    ],
    ids=["usual", "list", "a filter that cannot be read", "a filter and who is allowed", "denied"],
)
def test_a_limit_in_nexudus_that_cannot_be_read_shows_nobody_before_a_whole_name(
    site: Site, visitors: VisitorSettings, rules: HostRules
) -> None:
    assert host_rules(site, Settings(visitors=visitors)) == rules
