"""The seeded location: who is there, and that it is the same place every time."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.desk.house import House
from kiosk.desk.odds import digits_of, warning
from kiosk.sandbox.entities import BUSINESSES, CHECKINS, COWORKERS, ENTITIES, SETTINGS, VISITORS
from kiosk.sandbox.names import LONGEST_NAME, SHARING_A_PIN
from kiosk.sandbox.schema import Record
from kiosk.sandbox.seed import FIRST_LOCATION, ZONE, seeded_world
from kiosk.sandbox.world import World
from kiosk.text import NAME_LENGTH, clean
from tests.sandbox.conftest import Clock


def individuals(world: World) -> list[Record]:
    return [row for row in world.rows(COWORKERS) if row.number("CoworkerType") == 1]


def test_the_same_day_gives_the_same_world_down_to_the_identifiers(world: World, clock: Clock) -> None:
    clock.advance(hours=5)
    again = seeded_world(now=clock)
    for entity in ENTITIES:
        assert again.rows(entity) == world.rows(entity)


def test_another_day_has_the_same_people_and_codes_and_other_dates(world: World, clock: Clock) -> None:
    clock.advance(days=9)
    later = seeded_world(now=clock)
    for before, after in zip(world.rows(VISITORS), later.rows(VISITORS), strict=True):
        for name in ("FullName", "VisitorCode", "UniqueId", "CoworkerId"):
            assert before[name] == after[name]
        came, comes = before.moment("ExpectedArrival"), after.moment("ExpectedArrival")
        assert came is not None
        assert comes == came + timedelta(days=9)


def test_there_are_two_locations_with_settings_for_the_kiosk(world: World) -> None:
    assert [row.text("WebAddress") for row in world.rows(BUSINESSES)] == ["harbourworks", "harbourworksnorte"]
    ours = {row.text("Name"): row.text("Value") for row in world.rows(SETTINGS) if row["BusinessId"] == FIRST_LOCATION}
    assert ours["MobileApp.FrontDesk.Checkin.WelcomeMessage"] == "Welcome to Harbour Works"
    assert ours["Legal.VisitorTermsAndConditions"]


def test_there_are_200_members_with_pins_of_five_or_six_digits_and_company_accounts_without(world: World) -> None:
    people = individuals(world)
    pins = [person.text("AccessPincode") for person in people]
    assert len(people) == 200
    assert Counter(len(pin) for pin in pins) == {5: 60, 6: 140}
    assert any(pin.startswith("0") for pin in pins)
    companies = [row for row in world.rows(COWORKERS) if row.number("CoworkerType") == 2]
    assert len(companies) == 5
    assert not any(row.text("AccessPincode") for row in companies)
    assert len({person.text("CompanyName") for person in people} - {""}) == 15
    assert any(not person.flag("Active") for person in people)
    assert any(person.flag("Archived") for person in people)


@pytest.mark.parametrize("members", [60, 200, 1000, 20_000])
def test_no_pin_is_guessed_so_easily_that_the_kiosk_would_ask_everybody_for_a_letter(
    clock: Clock, members: int
) -> None:
    people = individuals(seeded_world(members, now=clock))

    assert (
        warning(Counter(digits_of(person.text("AccessPincode")) for person in people), House(1, "").guess_odds) is None
    )


def test_only_two_members_share_a_pin_and_no_visitor_code_is_anybody_s_pin(world: World) -> None:
    pins = Counter(person.text("AccessPincode") for person in individuals(world))
    (shared,) = [pin for pin, owners in pins.items() if owners > 1]
    owners = [person.text("FullName") for person in individuals(world) if person.text("AccessPincode") == shared]
    assert sorted(owners) == sorted(SHARING_A_PIN)
    codes = [row.text("VisitorCode") for row in world.rows(VISITORS)]
    assert {len(code) for code in codes} == {6}
    assert any(code.startswith("0") for code in codes)
    assert len(set(codes)) == 23
    assert not set(codes) & set(pins)


def test_names_that_software_gets_wrong_are_among_the_members(world: World) -> None:
    people = [person.text("FullName") for person in individuals(world)]
    for name in ("Siobhán O'Brien", "Zoë Lindqvist", "Nguyễn Thị Minh Khai", "李小龍", "[/x] Bob", LONGEST_NAME):
        assert name in people
    assert len(set(people)) == 200
    assert len(LONGEST_NAME) == NAME_LENGTH
    for name in people:
        assert unicodedata.is_normalized("NFC", name)
        assert clean(name) == name


def test_twenty_visitors_are_expected_today_one_elsewhere_and_every_case_occurs(world: World) -> None:
    today = world.now().astimezone(ZONE).date()
    days = Counter(world.local_day(FIRST_LOCATION, row.moment("ExpectedArrival") or world.now()) - today
                   for row in world.rows(VISITORS))  # fmt: skip
    assert days == {timedelta(0): 21, timedelta(days=-1): 1, timedelta(days=1): 1}
    states = Counter(row.number("HostApprovalStatus") for row in world.rows(VISITORS))
    assert (states[2], states[3]) == (1, 1)
    assert {1, 4, 5} <= set(states)
    assert len([row for row in world.rows(VISITORS) if row.moment("DepartureDate")]) == 1
    assert len([row for row in world.rows(VISITORS) if not row.flag("HasAgreedTerms")]) == 1


def test_hosts_are_members_who_can_receive_somebody(world: World) -> None:
    hosts = {row.number("CoworkerId") for row in world.rows(VISITORS)} - {None}
    assert len(hosts) > 5
    for number in hosts:
        host = world.find(COWORKERS, number)
        assert host is not None
        assert host.flag("Active")
        assert not host.flag("Archived")
        assert FIRST_LOCATION in host.ids("Businesses")


@pytest.mark.parametrize("hour", [0, 3, 9, 23])
def test_nobody_came_in_the_future_and_whoever_is_in_came_today(clock: Clock, hour: int) -> None:
    clock.moment = datetime(2026, 3, 2, hour, 2, tzinfo=ZONE).astimezone(UTC)
    world = seeded_world(now=clock)
    inside = [row for row in world.rows(CHECKINS) if row.moment("ToTime") is None]
    assert len(inside) == 6
    for row in inside:
        came = row.moment("FromTime")
        assert came is not None
        assert came <= clock.moment
        assert world.local_day(FIRST_LOCATION, came).isoformat() == "2026-03-02"


def test_a_large_world_has_longer_pins_that_are_still_unique(clock: Clock) -> None:
    world = seeded_world(20_000, now=clock)
    codes = [row.text("AccessPincode") for row in individuals(world)]
    codes += [row.text("VisitorCode") for row in world.rows(VISITORS)]
    assert {len(code) for code in codes} == {5, 6, 8}
    assert len(set(codes)) == 20_023 - 1, "all but the shared one"
