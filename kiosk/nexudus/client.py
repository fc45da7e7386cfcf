"""Calls to the Nexudus REST API with the session's token: lists, reads, writes, commands (contract 2)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime

from kiosk.nexudus.answers import field_errors, is_web_page, json_of, parse_answer, raise_for_status
from kiosk.nexudus.assumptions import LIST_ORDER, MAX_PAGE_SIZE, ME_PATH
from kiosk.nexudus.errors import (
    NeverSent,
    NoAnswer,
    NotNexudus,
    Refused,
    RoleMissing,
    SignInCause,
    SignInNeeded,
    Unreached,
)
from kiosk.nexudus.models import ListPage, Me, MutationResult
from kiosk.nexudus.paging import PageReader
from kiosk.nexudus.rights import Right
from kiosk.nexudus.session import Session
from kiosk.nexudus.wire import Answer, Call, Carrier, Params

MOST_PAGES = 1000
"""Pages of one list after which it is given up: a million records, or a server that never ends."""


class NexudusClient:
    """Sends calls with the session's token and sorts what comes back.

    Every call names the `Right` it needs. Nexudus answers 401 both for a dead token and for a missing right; which of
    the two it is, is found out here (contract 1.6).

    All calls raise, besides what they name: `NeverSent`, `NoAnswer`, `Throttled`, `Refused`, `SignInNeeded`,
    `RoleMissing`. A `NoAnswer` is only ever about the call itself: if what failed was the renewal of the token before
    it, it is a `NeverSent`.
    """

    def __init__(self, wire: Carrier, session: Session) -> None:
        self._wire = wire
        self._session = session
        self._vouched: str | None = None

    @property
    def session(self) -> Session:
        """The sign-in these calls use."""
        return self._session

    @property
    def last_date(self) -> tuple[datetime, float] | None:
        """The server's newest `Date` and the monotonic time of its arrival (see `Wire.last_date`)."""
        return self._wire.last_date

    async def aclose(self) -> None:
        """Let an exchange of tokens finish, then close the connections."""
        await self._session.aclose()
        await self._wire.aclose()

    async def me(self) -> Me:
        """Return the signed-in account. Needs no right (contract 6)."""
        call = Call("GET", ME_PATH)
        token = await self._token()
        answer = await self._send(call, token)
        if answer.status == 401:
            answer = await self._send(call, await self._another_token(token))
        if _is_denied(answer):
            raise SignInNeeded(SignInCause.REJECTED)
        return parse_answer(Me, json_of(answer))

    async def get(self, path: str, params: Params | None = None, *, right: Right) -> object:
        """Return the JSON at `path`, whatever its shape.

        Raises:
            NotFound: There is no such record.
        """
        return json_of(await self._call(Call("GET", path, params=params or {}), right))

    async def picture(self, path: str, *, right: Right) -> bytes:
        """Return the bytes at `path`, whatever picture they are. Raises as `get`, and NotNexudus for a redirect."""
        answer = await self._call(Call("GET", path, headers={"Accept": "image/*"}), right)
        raise_for_status(answer)
        return answer.body

    async def list_page(
        self, path: str, params: Params | None = None, *, right: Right, page: int = 1, size: int = MAX_PAGE_SIZE
    ) -> ListPage:
        """Return one page of a list. The first page is 1; the server may give fewer rows than `size`."""
        return parse_answer(ListPage, await self.get(path, {**(params or {}), "page": page, "size": size}, right=right))

    def reader(
        self, path: str, params: Params | None = None, *, right: Right, page_size: int = MAX_PAGE_SIZE
    ) -> PageReader:
        """A list to be read page by page, ordered by id unless `params` say otherwise."""
        ordered = {**LIST_ORDER, **(params or {})}

        async def page_at(number: int) -> ListPage:
            return await self.list_page(path, ordered, right=right, page=number, size=page_size)

        return PageReader(page_at, path, MOST_PAGES)

    async def pages(
        self, path: str, params: Params | None = None, *, right: Right, page_size: int = MAX_PAGE_SIZE
    ) -> AsyncIterator[list[object]]:
        """Yield the rows of a list page by page to its end. Raises as `PageReader.next_page`."""
        reader = self.reader(path, params, right=right, page_size=page_size)
        while (rows := await reader.next_page()) is not None:
            yield rows

    async def list_all(
        self, path: str, params: Params | None = None, *, right: Right, page_size: int = MAX_PAGE_SIZE
    ) -> AsyncIterator[dict[str, object]]:
        """Yield every record of a list as it came. Raises as `pages`; what is no record is left out."""
        async for rows in self.pages(path, params, right=right, page_size=page_size):
            for row in rows:
                if isinstance(row, dict):
                    yield row

    async def create(self, path: str, body: Mapping[str, object], *, right: Right) -> int:
        """Create a record and return its id.

        Raises:
            Refused: Nexudus said no, with a 4xx or in a 200 (contract 2).
            NoAnswer: It may have been created; also when it was and its id is not in the answer.
        """
        created = (await self._write(Call("POST", path, body=body), right)).new_id
        if created is None:
            raise NoAnswer("created without an id")
        return created

    async def update(self, path: str, body: Mapping[str, object], *, right: Right) -> None:
        """Replace a record by `body`, which holds its Id and every property (contract 2).

        Raises:
            NotFound, Refused, NoAnswer: As for `create`.
        """
        await self._write(Call("PUT", path, body=body), right)

    async def delete(self, path: str, record_id: int, *, right: Right) -> None:
        """Delete a record.

        Raises:
            NotFound: It is gone already.
            Refused, NoAnswer: As for `create`.
        """
        await self._write(Call("DELETE", f"{path}/{record_id}"), right)

    async def run_command(self, path: str, key: str, record_id: int, *, right: Right) -> None:
        """Run the command `key` on one record (contract 2).

        Raises:
            NotFound, Refused, NoAnswer: As for `create`; a command that fails answers 200 as well.
        """
        body = {"Key": key, "Ids": [record_id], "Parameters": []}
        await self._write(Call("POST", f"{path}/runcommand", body=body), right)

    async def _write(self, call: Call, right: Right) -> MutationResult:
        answer = await self._call(call, right)
        result = parse_answer(MutationResult, json_of(answer))
        if not result.was_successful:
            raise Refused(answer.status, result.message, field_errors(result.errors))
        return result

    async def _call(self, call: Call, right: Right) -> Answer:
        """Send `call`; on a 401 find out whether the token or the right is missing (contract 1.6).

        The token is renewed once and the call sent again. A token that `me` has vouched for is not renewed for the
        next missing right: every poll would spend one.
        """
        token = await self._token()
        answer = await self._send(call, token)
        if answer.status == 401:
            if token == self._vouched and await self._is_known_good(token):
                raise RoleMissing(right)
            token = await self._another_token(token, right)
            answer = await self._send(call, token)
        if _is_denied(answer):
            await self._blame(token, right)
        return answer

    async def _blame(self, token: str, right: Right) -> None:
        """Raise the reason for which `token`, as fresh as it can be, was denied."""
        if not await self._is_known_good(token):
            raise SignInNeeded(SignInCause.REJECTED)
        self._vouched = token
        raise RoleMissing(right)

    async def _is_known_good(self, token: str) -> bool:
        """Ask the one call that needs no right whether `token` is accepted.

        Raises:
            NeverSent: It cannot be told now. The call in question was denied, so it was not carried out.
        """
        try:
            answer = await self._send(Call("GET", ME_PATH), token)
            if _is_denied(answer):
                return False
            json_of(answer)
        except NoAnswer as error:
            raise _turned_back(error) from error
        except Refused:
            return True  # the path is unknown to this server, but the token passed
        return True

    async def _token(self) -> str:
        try:
            return await self._session.access_token()
        except NoAnswer as error:
            raise _turned_back(error) from error

    async def _another_token(self, rejected: str, right: Right | None = None) -> str:
        """Return a renewed token. If there is none to be had but `rejected` is good, the right is missing."""
        try:
            return await self._session.replace(rejected)
        except NoAnswer as error:
            raise _turned_back(error) from error
        except SignInNeeded:
            if right is not None and await self._is_known_good(rejected):
                raise RoleMissing(right) from None
            self._session.reject(rejected)
            raise

    async def _send(self, call: Call, token: str) -> Answer:
        headers = {**call.headers, "Authorization": f"Bearer {token}"}
        return await self._wire.exchange(Call(call.method, call.path, call.params, call.body, call.form, headers))


def _is_denied(answer: Answer) -> bool:
    """Whether Nexudus denied the call. A 403 that is a web page comes from a network's portal or filter; the body of
    Nexudus's own 401 is not documented and may be one.
    """
    return answer.status == 401 or (answer.status == 403 and not is_web_page(answer))


def _turned_back(error: NoAnswer) -> NeverSent:
    """What a missing answer of the token endpoint means for the call that waited for the token."""
    return NeverSent(Unreached.PORTAL if isinstance(error, NotNexudus) else Unreached.SIGN_IN, str(error))
