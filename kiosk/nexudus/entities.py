"""The calls a lobby kiosk makes, typed. Each says which right it needs; `kiosk.nexudus.rights` holds them all.

Nexudus ignores parameters it does not know (contract 2), so a filter is a hint: whatever comes back is compared here
as well.
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from kiosk.nexudus import rights
from kiosk.nexudus.answers import parse_answer
from kiosk.nexudus.assumptions import (
    CHECK_VISITOR_IN,
    CHECK_VISITOR_OUT,
    CODE_LOOK_UP_AHEAD,
    CODE_LOOK_UP_PAST,
    COWORKER_BUSINESS_FILTER,
    COWORKER_CHANGED_FILTER,
    PIN_FILTER,
    PIN_PAGE_SIZE,
    UNIQUE_ID_FILTER,
    VISITOR_CODE_FILTER,
    VISITOR_GUID_FILTER,
)
from kiosk.nexudus.client import NexudusClient
from kiosk.nexudus.coworkers import CoworkerReader
from kiosk.nexudus.errors import IncompleteList, NoAnswer
from kiosk.nexudus.models import (
    AccessToken,
    Business,
    BusinessSetting,
    Checkin,
    Command,
    Coworker,
    FailedCheckin,
    Me,
    NexudusModel,
    Visitor,
    parse_records,
)
from kiosk.nexudus.records import NewCheckin, NewVisitor, Record
from kiosk.nexudus.rights import Right
from kiosk.nexudus.times import format_utc, whole_second
from kiosk.nexudus.wire import Params
from kiosk.text import clean

logger = logging.getLogger(__name__)

M = TypeVar("M", bound=NexudusModel)

BUSINESSES = "/api/sys/businesses"
SETTINGS = "/api/sys/businesssettings"
COWORKERS = "/api/spaces/coworkers"
VISITORS = "/api/spaces/visitors"
CHECKINS = "/api/spaces/checkins"
FAILED_CHECKINS = "/api/spaces/failedcheckins"
ACCESS_TOKENS = "/api/spaces/accesstokens"

LONGEST_SECRET = 64
"""Characters of a PIN or visitor code worth asking about."""


@dataclass(frozen=True, slots=True)
class VisitorCommands:
    """The keys of the commands that check a visitor in and out; None where Nexudus offers none."""

    check_in: str | None = None
    check_out: str | None = None


class Nexudus:
    """The kiosk's view of Nexudus. Every call raises as `NexudusClient` does, and reads lists to their end."""

    def __init__(self, client: NexudusClient) -> None:
        self._client = client
        self._spoiled: set[str] = set()

    @property
    def client(self) -> NexudusClient:
        """The client underneath: its session, and the server's time."""
        return self._client

    async def me(self) -> Me:
        """Return the signed-in account. Needs no right."""
        return await self._client.me()

    async def businesses(self) -> list[Business]:
        """Return the locations of the account. Needs "Business - List"."""
        return [business async for business in self._each(Business, BUSINESSES, {}, rights.BUSINESS_LIST)]

    async def logo_of(self, business_id: int) -> bytes:
        """Return the logo of a location, a picture of any kind; empty where it has none. Needs "Business - List".

        Raises:
            NotFound: It has none.
            NotNexudus: It lies elsewhere, where the kiosk does not follow.
        """
        return await self._client.picture(f"{BUSINESSES}/getlogo/{business_id}", right=rights.BUSINESS_LIST)

    async def settings_of(self, business_id: int) -> dict[str, str]:
        """Return the settings of a location by name. Needs "BusinessSetting - List"."""
        settings = self._each(
            BusinessSetting, SETTINGS, {"BusinessSetting_Business": business_id}, rights.BUSINESS_SETTING_LIST
        )
        return {setting.name: setting.value async for setting in settings if setting.business_id == business_id}

    def coworkers(self, business_id: int, changed_since: datetime | None = None) -> CoworkerReader:
        """The coworkers of a location, to be read page by page, inactive and archived ones too: those changed since a
        moment by the clock of Nexudus, or all of them. Needs "Coworker - List".
        """
        params: dict[str, str | int | bool] = {COWORKER_BUSINESS_FILTER: business_id}
        since = None if changed_since is None else whole_second(changed_since)
        if since is not None:
            params[COWORKER_CHANGED_FILTER] = format_utc(since)
        pages = self._client.reader(COWORKERS, params, right=rights.COWORKER_LIST)
        return CoworkerReader(pages, lambda rows: self._good(Coworker, COWORKERS, rows), since)

    async def coworkers_with_pin(self, pin: str, business_id: int) -> list[Coworker]:
        """Return the active coworkers of a location whose PIN is exactly `pin`: more than one where PINs need not be
        unique. Needs "Coworker - List".

        Raises:
            IncompleteList: Nexudus ignored the filter, so that nobody can say whether the PIN is unknown.
        """
        if not _is_askable(pin):
            return []
        page = await self._client.list_page(
            COWORKERS,
            {PIN_FILTER: pin, COWORKER_BUSINESS_FILTER: business_id},
            right=rights.COWORKER_LIST,
            size=PIN_PAGE_SIZE,
        )
        found = [coworker for coworker in self._good(Coworker, COWORKERS, page.records) if _has_pin(coworker, pin)]
        if page.has_next_page:
            raise IncompleteList("the filter by PIN was ignored")
        return [coworker for coworker in found if coworker.active and not coworker.archived]

    async def visitors(self, business_id: int, from_: datetime, to: datetime) -> list[Visitor]:
        """Return the visitors of a location expected at `from_` or later and before `to`. Needs "Visitor - List"."""
        return await self._expected(business_id, from_, to, {})

    async def visitors_with_code(self, business_id: int, code: str, from_: datetime, to: datetime) -> list[Visitor]:
        """Return the visits whose code is exactly `code`: those expected at this location from `from_` and before
        `to`, else the one nearest to these days, at whichever location the account may see. Needs "Visitor - List".

        Where Nexudus ignores the filter, only this location's visits of that window can be compared.
        """
        if not _is_askable(code):
            return []
        filters = {VISITOR_CODE_FILTER: code, **_expected_between(from_ - CODE_LOOK_UP_PAST, to + CODE_LOOK_UP_AHEAD)}
        page = await self._client.list_page(VISITORS, filters, right=rights.VISITOR_LIST, size=PIN_PAGE_SIZE)
        found = [one for one in self._good(Visitor, VISITORS, page.records) if _has_code(one, code)]
        if not found and page.has_next_page:
            listed = await self._expected(business_id, from_, to, {VISITOR_CODE_FILTER: code})
            found = [one for one in listed if _has_code(one, code)]
        return _nearest([one for one in found if one.business_id == business_id] or found, from_, to)

    async def visitor_with_guid(self, unique_id: str) -> Visitor | None:
        """Return the visit with this GUID, at whichever location; None if there is none, or if it cannot be told
        because the filter was ignored. Needs "Visitor - List".
        """
        page = await self._client.list_page(
            VISITORS, {UNIQUE_ID_FILTER: unique_id}, right=rights.VISITOR_LIST, size=PIN_PAGE_SIZE
        )
        rows = self._good(Visitor, VISITORS, page.records)
        return next((one for one in rows if (one.unique_id or "").lower() == unique_id.lower()), None)

    async def visitor(self, visitor_id: int) -> Record[Visitor]:
        """Return one visitor, whole. Needs "Visitor - Read". Raises `NotFound`."""
        return await self._one(Visitor, VISITORS, visitor_id, rights.VISITOR_READ)

    async def create_visitor(self, new: NewVisitor) -> int:
        """Register a visitor and return the id. Needs "Visitor - Create"."""
        return await self._client.create(VISITORS, new.body(), right=rights.VISITOR_CREATE)

    async def update_visitor(self, record: Record[Visitor]) -> None:
        """Write a changed visitor back. Needs "Visitor - Edit"."""
        await self._client.update(VISITORS, record.body(), right=rights.VISITOR_EDIT)

    async def visitor_commands(self) -> VisitorCommands:
        """Return which commands for visitors Nexudus offers that the kiosk has a use for. Needs "Visitor - List"."""
        listed = await self._client.get(f"{VISITORS}/commands", right=rights.VISITOR_LIST)
        commands, _ = parse_records(Command, listed if isinstance(listed, list) else [])
        return VisitorCommands(_key_of(commands, CHECK_VISITOR_IN), _key_of(commands, CHECK_VISITOR_OUT))

    async def command_visitor(self, key: str, visitor_id: int) -> None:
        """Run a command on a visitor. Needs "Visitor - Edit"."""
        await self._client.run_command(VISITORS, key, visitor_id, right=rights.VISITOR_EDIT)

    async def wifi_codes_of(self, visitor: Visitor) -> list[AccessToken]:
        """Return the Wi-Fi codes that were issued to a visitor. Needs "AccessToken - List"."""
        guid = (visitor.unique_id or "").lower()
        if not guid:
            return []
        page = await self._client.list_page(
            ACCESS_TOKENS, {VISITOR_GUID_FILTER: guid}, right=rights.ACCESS_TOKEN_LIST, size=PIN_PAGE_SIZE
        )
        rows = self._good(AccessToken, ACCESS_TOKENS, page.records)
        return [row for row in rows if (row.visitor_guid or "").lower() == guid]

    async def failed_checkins_of(self, coworker_id: int, business_id: int, since: datetime) -> list[FailedCheckin]:
        """Return one person's refused check-ins at a location from `since` on, the newest first. Needs
        "FailedCheckin - List".
        """
        params: Params = {
            "FailedCheckin_Coworker": coworker_id,
            "FailedCheckin_Business": business_id,
            "from_FailedCheckin_CheckinAttemptTime": format_utc(since),
        }
        rows = self._each(FailedCheckin, FAILED_CHECKINS, params, rights.FAILED_CHECKIN_LIST)
        found = [row async for row in rows if row.coworker_id == coworker_id and row.checkin_attempt_time >= since]
        return sorted(found, key=lambda row: row.checkin_attempt_time, reverse=True)

    async def open_checkins(self, business_id: int, since: datetime) -> list[Checkin]:
        """Return who is in at a location, as far as they came at `since` or later. Needs "Checkin - List"."""
        found = await self._since(business_id, since, {})
        return [checkin for checkin in found if checkin.open]

    async def checkins(self, business_id: int, since: datetime) -> list[Checkin]:
        """Return all check-ins at a location from `since` on, open and closed. Needs "Checkin - List"."""
        return await self._since(business_id, since, {})

    async def checkins_of(self, coworker_id: int, business_id: int, since: datetime) -> list[Checkin]:
        """Return one person's check-ins at a location from `since` on, open and closed. Needs "Checkin - List"."""
        found = await self._since(business_id, since, {"Checkin_Coworker": coworker_id})
        return [checkin for checkin in found if checkin.coworker_id == coworker_id]

    async def checkin(self, checkin_id: int) -> Record[Checkin]:
        """Return one check-in, whole. Needs "Checkin - Read". Raises `NotFound`."""
        return await self._one(Checkin, CHECKINS, checkin_id, rights.CHECKIN_READ)

    async def create_checkin(self, new: NewCheckin) -> int:
        """Check somebody in and return the id of the check-in. Needs "Checkin - Create".

        Not idempotent, and a second one can cost the person a pass: after a `NoAnswer` read back first.
        """
        return await self._client.create(CHECKINS, new.body(), right=rights.CHECKIN_CREATE)

    async def update_checkin(self, record: Record[Checkin]) -> None:
        """Write a changed check-in back. Needs "Checkin - Edit"."""
        await self._client.update(CHECKINS, record.body(), right=rights.CHECKIN_EDIT)

    async def delete_checkin(self, checkin_id: int) -> None:
        """Take a check-in back. Needs "Checkin - Delete". Raises `NotFound` if it is gone already."""
        await self._client.delete(CHECKINS, checkin_id, right=rights.CHECKIN_DELETE)

    async def _expected(self, business_id: int, from_: datetime, to: datetime, extra: Params) -> list[Visitor]:
        params = {"Visitor_Business": business_id, **_expected_between(from_, to), **extra}
        return [
            visitor
            async for visitor in self._each(Visitor, VISITORS, params, rights.VISITOR_LIST)
            if visitor.business_id == business_id
            and visitor.expected_arrival is not None
            and from_ <= visitor.expected_arrival < to
        ]

    async def _since(self, business_id: int, since: datetime, extra: Params) -> list[Checkin]:
        params = {"Checkin_Business": business_id, "from_Checkin_FromTime": format_utc(since), **extra}
        return [
            checkin
            async for checkin in self._each(Checkin, CHECKINS, params, rights.CHECKIN_LIST)
            if checkin.business_id == business_id and checkin.from_time >= since
        ]

    async def _each(self, model: type[M], path: str, params: Params, right: Right) -> AsyncIterator[M]:
        async for rows in self._client.pages(path, params, right=right):
            for record in self._good(model, path, rows):
                yield record

    def _good(self, model: type[M], path: str, rows: list[object]) -> list[M]:
        """Parse the rows of a page; say once that some cannot be read, and once that all can again."""
        good, bad = parse_records(model, rows)
        if bad and path not in self._spoiled:
            self._spoiled.add(path)
            logger.warning("%d of %d rows of %s cannot be read", bad, len(rows), path)
        elif rows and not bad and path in self._spoiled:
            self._spoiled.discard(path)
            logger.info("the rows of %s can be read again", path)
        return good

    async def _one(self, model: type[M], path: str, record_id: int, right: Right) -> Record[M]:
        data = await self._client.get(f"{path}/{record_id}", right=right)
        if not isinstance(data, dict) or data.get("Id") != record_id:
            raise NoAnswer(f"another record than {record_id}")
        return Record(parse_answer(model, data), data)


def _is_askable(secret: str) -> bool:
    """Whether a PIN or code is short, clean text: anything else is nobody's."""
    return 0 < len(secret) <= LONGEST_SECRET and secret == clean(secret, LONGEST_SECRET)


def _expected_between(from_: datetime, to: datetime) -> Params:
    return {"from_Visitor_ExpectedArrival": format_utc(from_), "to_Visitor_ExpectedArrival": format_utc(to)}


def _has_code(visitor: Visitor, code: str) -> bool:
    return visitor.visitor_code is not None and visitor.visitor_code.get_secret_value() == code


def _nearest(visits: Iterable[Visitor], from_: datetime, to: datetime) -> list[Visitor]:
    """Those of a window, else the one whose day is least far from it."""
    dated = [(one.expected_arrival, one) for one in visits if one.expected_arrival is not None]
    near = [one for day, one in dated if from_ <= day < to]
    return near or [one for _, one in sorted(dated, key=lambda visit: abs(visit[0] - from_))[:1]]


def _key_of(commands: Iterable[Command], wanted: re.Pattern[str]) -> str | None:
    """The key of the first command that is called so, in its key or its name."""
    return next(
        (one.key for one in commands if one.plain and (wanted.fullmatch(one.key) or wanted.fullmatch(one.name))), None
    )


def _has_pin(coworker: Coworker, pin: str) -> bool:
    return coworker.access_pincode is not None and coworker.access_pincode.get_secret_value() == pin
