"""Which of the rights that the kiosk needs its account has, found by trying each in a way that changes nothing.

Nexudus has no list of one's own rights (contract 6). Lists are asked for one row, and a single record for a row of that
list. Writes are tried with requests that must fail: a create without required properties, a change or a deletion of a
record that does not exist. A refusal for that reason means that the right is there; a 401 that is not the token's
(contract 1.6) means that it is missing. Whatever tells neither is said to be not verified, with the reason.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kiosk.nexudus import rights
from kiosk.nexudus.assumptions import NO_SUCH_ID
from kiosk.nexudus.client import NexudusClient
from kiosk.nexudus.entities import BUSINESSES, CHECKINS, COWORKERS, SETTINGS, VISITORS
from kiosk.nexudus.errors import (
    NeverSent,
    NexudusError,
    NotFound,
    Refused,
    RoleMissing,
    SignInNeeded,
    Throttled,
)
from kiosk.nexudus.rights import NEEDED_RIGHTS, Right
from kiosk.text import to_be_said

LONGEST_WAIT: Final = 15.0
"""Seconds that a throttled trial waits, once, before it is made again."""

_PATHS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Business": BUSINESSES,
        "BusinessSetting": SETTINGS,
        "Coworker": COWORKERS,
        "Visitor": VISITORS,
        "Checkin": CHECKINS,
        "FailedCheckin": "/api/spaces/failedcheckins",
        "AccessToken": "/api/spaces/accesstokens",
    }
)

_NO_MEMBER_LEAVES = to_be_said("Members cannot be checked out at Nexudus.")
_NO_VISIT_IS_KEPT = to_be_said("Visitors are welcomed here, but Nexudus does not hear that they came or left.")

WITHOUT: Final[Mapping[Right, str]] = MappingProxyType(
    {
        rights.BUSINESS_LIST: to_be_said("The location cannot be chosen, so the kiosk cannot be set up."),
        rights.BUSINESS_SETTING_LIST: to_be_said("The location's own texts, visit form and terms are not known here."),
        rights.COWORKER_LIST: to_be_said("No member is known here, so nobody can check in by PIN."),
        rights.VISITOR_LIST: to_be_said("No invitation is known here, so no visitor can check in by code."),
        rights.VISITOR_READ: _NO_VISIT_IS_KEPT,
        rights.VISITOR_CREATE: to_be_said("Visitors without an invitation cannot be registered."),
        rights.VISITOR_EDIT: _NO_VISIT_IS_KEPT,
        rights.CHECKIN_LIST: to_be_said(
            "It is not known who is in, and whether a check-in without an answer has arrived."
        ),
        rights.CHECKIN_READ: _NO_MEMBER_LEAVES,
        rights.CHECKIN_CREATE: to_be_said("Members cannot be checked in at Nexudus."),
        rights.CHECKIN_EDIT: _NO_MEMBER_LEAVES,
        rights.CHECKIN_DELETE: to_be_said("A check-in that somebody takes back at the kiosk stays in Nexudus."),
        rights.FAILED_CHECKIN_LIST: to_be_said("Where Nexudus refuses a check-in without a reason, none can be shown."),
        rights.ACCESS_TOKEN_LIST: to_be_said("Visitors are not shown their Wi-Fi code."),
    }
)
"""What stops working without each right, in words for staff: the wizard says them in its own language."""

ESSENTIAL: Final = frozenset({rights.BUSINESS_LIST, rights.COWORKER_LIST, rights.CHECKIN_LIST, rights.CHECKIN_CREATE})
"""Without one of these a kiosk can check in nobody."""

_NO_ROW = "Nexudus lists no record yet that it could be tried on."
_NO_REASON = "Nexudus turned the trial down without a reason."
_NOT_WANTED = "The settings keep the kiosk from trying rights to write (nexudus.try_writing)."
_UNKNOWN_PATH = "Nexudus does not know this call."


class Trying(StrEnum):
    """Which rights are tried."""

    ALL = "all"
    READING = "reading"
    """For whoever does not want requests sent that are meant to be refused."""


class Standing(StrEnum):
    """What a trial has told of a right."""

    GRANTED = "granted"
    MISSING = "missing"
    UNVERIFIED = "not verified"


@dataclass(frozen=True, slots=True)
class Permission:
    """One right and how it stands.

    Attributes:
        right: The right.
        standing: What the trial told.
        why: Why it could not be verified, or what else should be known; else empty. For staff.
    """

    right: Right
    standing: Standing
    why: str = ""

    @property
    def without(self) -> str:
        """What stops working without it."""
        return WITHOUT.get(self.right, to_be_said("Part of the kiosk does not work."))

    @property
    def essential(self) -> bool:
        """Whether a kiosk without it can check in nobody."""
        return self.right in ESSENTIAL


class PermissionTrial:
    """Tries the rights of the account that a client is signed in with.

    Args:
        client: Its calls say whether a 401 is the token's or a right's.
        trying: Which rights are tried.
        sleep: Waits so many seconds.
    """

    def __init__(
        self,
        client: NexudusClient,
        trying: Trying = Trying.ALL,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._trying = trying
        self._sleep = sleep
        self._rows: dict[str, int] = {}
        self._reached: set[str] = set()
        self._stopped = ""

    async def run(self, wanted: Iterable[Right] = NEEDED_RIGHTS) -> list[Permission]:
        """Try each right once, one after the other, in the order given: a list before what rests on it.

        Raises nothing: what goes wrong on the way leaves rights not verified. Once the line or the sign-in is gone the
        rest is not tried.
        """
        return [await self._try(right) for right in wanted]

    async def _try(self, right: Right) -> Permission:
        try:
            if self._stopped:
                return Permission(right, Standing.UNVERIFIED, self._stopped)
            return await self._try_patiently(right)
        except RoleMissing:
            return Permission(right, Standing.MISSING)
        except (SignInNeeded, NeverSent) as error:
            self._stopped = error.staff
            return Permission(right, Standing.UNVERIFIED, error.staff)
        except NexudusError as error:
            return Permission(right, Standing.UNVERIFIED, error.staff)

    async def _try_patiently(self, right: Right) -> Permission:
        try:
            return await self._try_once(right)
        except Throttled as busy:
            if busy.wait_seconds > LONGEST_WAIT:
                raise
            await self._sleep(busy.wait_seconds)
            return await self._try_once(right)

    async def _try_once(self, right: Right) -> Permission:
        path = _PATHS.get(right.entity)
        if path is None:
            return Permission(right, Standing.UNVERIFIED, _UNKNOWN_PATH)
        match right.verb:
            case "List":
                return await self._list(path, right)
            case "Read":
                return await self._read(path, right)
            case _ if self._trying is Trying.READING:
                return Permission(right, Standing.UNVERIFIED, _NOT_WANTED)
            case "Create":
                return await self._write(right, self._created_from_nothing(path, right))
            case "Edit":
                return await self._write(right, self._client.update(path, {"Id": NO_SUCH_ID}, right=right))
            case "Delete":
                return await self._write(right, self._client.delete(path, NO_SUCH_ID, right=right))

    async def _list(self, path: str, right: Right) -> Permission:
        page = await self._client.list_page(path, right=right, size=1)
        self._reached.add(path)
        for row in page.records:
            if isinstance(row, dict) and isinstance(row.get("Id"), int):
                self._rows[path] = row["Id"]
        return Permission(right, Standing.GRANTED)

    async def _read(self, path: str, right: Right) -> Permission:
        row = self._rows.get(path)
        if row is None:
            return Permission(right, Standing.UNVERIFIED, _NO_ROW)
        try:
            await self._client.get(f"{path}/{row}", right=right)
        except NotFound:  # deleted this moment, but the call was taken
            return Permission(right, Standing.GRANTED)
        return Permission(right, Standing.GRANTED)

    async def _created_from_nothing(self, path: str, right: Right) -> int:
        return await self._client.create(path, {}, right=right)

    async def _write(self, right: Right, trial: Awaitable[int | None]) -> Permission:
        """Judge a write by how it is refused. One that is taken against all documentation is told to staff."""
        try:
            made = await trial
        except Refused as error:
            doubt = self._doubt_in(right, error)
            return Permission(right, Standing.UNVERIFIED if doubt else Standing.GRANTED, doubt)
        where = f"record {made}" if made is not None else "a record"
        why = f"Nexudus took a request that it should have refused. See whether {where} was made of it, and delete it."
        return Permission(right, Standing.GRANTED, why)

    def _doubt_in(self, right: Right, refusal: Refused) -> str:
        """Why a refusal does not tell that the right is there; empty if it does.

        A 404 is about the record only where the same path has given a list.
        """
        if isinstance(refusal, NotFound):
            about_the_record = right.verb != "Create" and _PATHS[right.entity] in self._reached
            return "" if about_the_record else _UNKNOWN_PATH
        if refusal.status == 405:
            return _UNKNOWN_PATH
        said_why = refusal.message or refusal.field_errors
        return "" if said_why and not refusal.unexplained else _NO_REASON
