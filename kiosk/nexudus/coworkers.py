"""The coworkers of a location, read page by page: fifty thousand of them are never held at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.nexudus.assumptions import COWORKER_CHANGED_FILTER
from kiosk.nexudus.errors import FilterIgnored
from kiosk.nexudus.models import Coworker
from kiosk.nexudus.paging import PageReader, ids_of


@dataclass(frozen=True, slots=True)
class CoworkerPage:
    """Some of the coworkers.

    Attributes:
        coworkers: Those that can be read, inactive and archived ones too.
        ids: Of all rows: somebody whose row cannot be read is still there.
        total: How many rows the whole list has, where Nexudus tells.
        last: Whether no page follows.
    """

    coworkers: Sequence[Coworker]
    ids: frozenset[int]
    total: int | None
    last: bool


class CoworkerReader:
    """One reading of the coworkers of a location.

    Args:
        pages: The rows as they come.
        parse: Makes coworkers of them.
        changed_since: What the list was asked for, in whole seconds; None for everybody.
    """

    def __init__(
        self,
        pages: PageReader,
        parse: Callable[[list[object]], list[Coworker]],
        changed_since: datetime | None = None,
    ) -> None:
        self._pages = pages
        self._parse = parse
        self._since = changed_since

    async def next_page(self) -> CoworkerPage | None:
        """The next page; None after the last. A page that could not be had can be asked for again.

        Raises:
            FilterIgnored: There are coworkers in it who were not changed since then, or nobody can tell when.
            IncompleteList: As `PageReader.next_page`.
        """
        rows = await self._pages.next_page()
        if rows is None:
            return None
        coworkers = self._parse(rows)
        if self._since is not None and not all(_changed(one, self._since) for one in coworkers):
            raise FilterIgnored(COWORKER_CHANGED_FILTER)
        return CoworkerPage(coworkers, frozenset(ids_of(rows)), self._pages.total, self._pages.ended)


def _changed(coworker: Coworker, since: datetime) -> bool:
    return coworker.updated_on is not None and coworker.updated_on >= since
