"""A location to play with: Harbour Works, its members, and the visitors of today.

The same people with the same codes every time; only the dates follow the day.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.sandbox import names
from kiosk.sandbox.draws import draw, pin
from kiosk.sandbox.entities import BUSINESSES, CHECKINS, COWORKER_TYPES, COWORKERS, SETTINGS
from kiosk.sandbox.schema import Value
from kiosk.sandbox.seed_settings import SETTING_VALUES
from kiosk.sandbox.seed_visitors import add_visitors
from kiosk.sandbox.world import User, World

ZONE = ZoneInfo("Europe/Madrid")
FIRST_LOCATION = BUSINESSES.first_id
SECOND_LOCATION = BUSINESSES.first_id + 1
FEWEST_MEMBERS = 60
"""Fewer would not have room for the cases that must occur."""

_BADGES = "8d847d20-0116-435f-9a21-2fa79a706d9e"
"""The UUID that the badges of Harbour Works share."""

_IN_ALREADY = (40, 41, 43, 44, 46, 47)
_HERE_YESTERDAY = (1, 9, 10, 12, 40, 44, 52, 54)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the demonstration's administrator signs in with."""

    email: str
    password: str


SIGN_IN = SignIn("kiosk@harbourworks.test", "harbour-demo")


def seeded_world(members: int = 200, today: datetime | None = None, now: Callable[[], datetime] | None = None) -> World:
    """Harbour Works with so many members, besides five company accounts.

    `today` is a moment on the day for which visitors are expected, by default the world's present; `now` is the world's
    clock, by default the system's. Raises ValueError for fewer than `FEWEST_MEMBERS` members.
    """
    if members < FEWEST_MEMBERS:
        raise ValueError(f"A seeded world has at least {FEWEST_MEMBERS} members.")
    world = World() if now is None else World(now)
    moment = (today or world.now()).astimezone(ZONE)
    midnight = datetime.combine(moment.date(), time(), ZONE)
    _add_locations(world, midnight)
    _add_members(world, members, midnight)
    _add_company_accounts(world, members, midnight)
    _add_checkins(world, midnight, moment)
    add_visitors(world, members, (FIRST_LOCATION, SECOND_LOCATION), midnight, moment)
    return world


def _add_locations(world: World, midnight: datetime) -> None:
    opened = midnight.astimezone(UTC) - timedelta(days=900)
    both = (FIRST_LOCATION, SECOND_LOCATION)
    world.users[SIGN_IN.email] = User(1_413_000_001, "Lobby Kiosk", SIGN_IN.email, SIGN_IN.password, both)
    for number, (name, slug, street) in enumerate(
        (
            ("Harbour Works", "harbourworks", "Muelle de la Aduana 7"),
            ("Harbour Works Norte", "harbourworksnorte", "Calle del Faro 21"),
        )
    ):
        location: dict[str, Value] = {
            "Id": BUSINESSES.first_id + number,
            "Name": name,
            "WebAddress": slug,
            "SimpleTimeZoneId": 2041,
            "ZoneName": ZONE.key,
            "DefaultLanguage": "en",
            "CountryId": 1207,
            "CurrencyId": 1010,
            "Address": street,
            "TownCity": "Valencia",
            "PostalCode": "46024",
            "EmailContact": f"hello@{slug}.test",
            "RootLocationId": FIRST_LOCATION if number else None,
            "SaturdayClosed": True,
            "SundayClosed": True,
            "CreatedOn": opened,
            "UpdatedOn": opened,
        }
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
            location |= {f"{day}OpenTime": 8 * 60, f"{day}CloseTime": 20 * 60}
        record = world.add(BUSINESSES, names.SEEDED_BY, location)
        for place, (setting, value) in enumerate(SETTING_VALUES.items(), SETTINGS.first_id + 100 * number):
            values: dict[str, Value] = {"Id": place, "BusinessId": record.id, "Name": setting, "Value": value}
            world.add(SETTINGS, names.SEEDED_BY, {**values, "CreatedOn": opened, "UpdatedOn": opened})


def _add_members(world: World, members: int, midnight: datetime) -> None:
    for number in range(members):
        given, full = _name_of(number)
        company = names.COMPANIES[draw(f"company {number}", 15)] if draw(f"employed {number}", 10) < 7 else None
        joined = midnight.astimezone(UTC) - timedelta(days=30 + draw(f"joined {number}", 700), hours=-9)
        owner_of_pin = names.NOTABLE.index(names.SHARING_A_PIN[0]) if full == names.SHARING_A_PIN[1] else number
        world.add(
            COWORKERS,
            names.SEEDED_BY,
            {
                "Id": COWORKERS.first_id + number,
                "CoworkerType": COWORKER_TYPES["Individual"],
                "FullName": full,
                "Salutation": given,
                "GuessedFirstName": given,
                "Email": f"{_mailbox(full)}.{number}@members.harbourworks.test",
                "CompanyName": company,
                "BillingName": full,
                "Position": names.POSITIONS[draw(f"position {number}", len(names.POSITIONS))],
                "TeamNames": company,
                "Active": number % 40 != 25,
                "Archived": number % 50 == 35,
                "AccessPincode": pin(owner_of_pin, members),
                "AccessCardId": f"{draw(f'card {number}', 10**10):010d}" if number % 3 == 0 else None,
                "KeyFobNumber": _fob_of(number) if number % 5 == 1 else None,
                "CustomFields": _custom_fields_of(number) if number % 4 == 0 else None,
                "InvoicingBusinessId": _locations_of(number)[0],
                "Businesses": _locations_of(number),
                "TariffId": 1_500_001 + number % len(names.TARIFFS),
                "TariffName": names.TARIFFS[number % len(names.TARIFFS)],
                "UserActive": True,
                "HasValidPass": full != names.LAPSED,
                "CreatedOn": joined,
                "UpdatedOn": joined + timedelta(days=20, minutes=number % 60),
            },
        )


def badge_of(number: int) -> str:
    """What the badge of a member says of itself: an iBeacon of the location's."""
    return f"ibeacon:{_BADGES}:1:{number}"


def _custom_fields_of(number: int) -> str:
    return json.dumps({"Data": [{"Name": "Kiosk badge", "Value": badge_of(number)}]})


def _add_company_accounts(world: World, members: int, midnight: datetime) -> None:
    joined = midnight.astimezone(UTC) - timedelta(days=800)
    for number, company in enumerate(names.COMPANIES[: names.COMPANY_ACCOUNTS]):
        world.add(
            COWORKERS,
            names.SEEDED_BY,
            {
                "Id": COWORKERS.first_id + members + number,
                "CoworkerType": COWORKER_TYPES["Company"],
                "FullName": company,
                "Email": f"{_mailbox(company)}@companies.harbourworks.test",
                "CompanyName": company,
                "BillingName": f"{company} S.L.",
                "TeamNames": company,
                "Active": True,
                "InvoicingBusinessId": FIRST_LOCATION,
                "Businesses": (FIRST_LOCATION,),
                "HasValidPass": True,
                "CreatedOn": joined,
                "UpdatedOn": joined,
            },
        )


def _add_checkins(world: World, midnight: datetime, moment: datetime) -> None:
    """Some members came in this morning, some were here yesterday. Nobody comes in the future, however early it is."""
    spells: list[tuple[int, datetime, datetime | None]] = []
    for place, number in enumerate(_HERE_YESTERDAY):
        came = midnight + timedelta(days=-1, hours=8, minutes=35 + 11 * place)
        spells.append((number, came, came + timedelta(hours=7, minutes=23)))
    for place, number in enumerate(_IN_ALREADY):
        planned = midnight + timedelta(hours=8, minutes=2 + 9 * place)
        spells.append((number, max(midnight, min(planned, moment - timedelta(minutes=5))), None))
    for place, (number, came, left) in enumerate(spells):
        world.add(
            CHECKINS,
            names.SEEDED_BY,
            {
                "Id": CHECKINS.first_id + place,
                "CoworkerId": COWORKERS.first_id + number,
                "BusinessId": FIRST_LOCATION,
                "Source": 1,
                "FromTime": came.astimezone(UTC),
                "ToTime": left.astimezone(UTC) if left else None,
                "CountsTowardsPlanLimits": True,
                "CreatedOn": came.astimezone(UTC),
                "UpdatedOn": (left or came).astimezone(UTC),
            },
        )


def _name_of(number: int) -> tuple[str, str]:
    """The given name and the full name of member `number`."""
    if number < len(names.NOTABLE):
        full = names.NOTABLE[number]
        return full.split()[0], full
    given = names.GIVEN[number * 7 % len(names.GIVEN)]
    return given, f"{given} {names.FAMILY[number * 31 % len(names.FAMILY)]}"


def _fob_of(number: int) -> str:
    """The number on a key fob: four bytes, as a reader of such tags writes them."""
    return draw(f"fob {number}", 2**32).to_bytes(4, "big").hex(":").upper()


def _locations_of(number: int) -> tuple[int, ...]:
    """Where member `number` belongs: nearly all to the first location."""
    if number % 17 == 16:
        return (SECOND_LOCATION,)
    return (FIRST_LOCATION, SECOND_LOCATION) if number % 29 == 28 else (FIRST_LOCATION,)


def _mailbox(full_name: str) -> str:
    """The part of an e-mail address before the @, in plain letters."""
    plain = unicodedata.normalize("NFKD", full_name).encode("ascii", "ignore").decode().lower()
    words = ["".join(char for char in word if char.isalnum()) for word in plain.split()]
    return ".".join(word for word in words if word)[:40].rstrip(".") or "member"
