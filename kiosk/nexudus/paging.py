"""Lists that are read page by page (contract 2)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from kiosk.nexudus.errors import IncompleteList
from kiosk.nexudus.models import ListPage


class PageReader:
    """One list, read to its end in the caller's own time, no row twice.

    A page that could not be had can be asked for again: a call that failed loses nothing.

    Args:
        page_at: Asks for one page; the first is 1.
        path: What the list is called, for the log.
        most: Pages after which the list is given up.
    """

    def __init__(self, page_at: Callable[[int], Awaitable[ListPage]], path: str, most: int) -> None:
        self._page_at = page_at
        self._path = path
        self._most = most
        self._number = 1
        self._seen: set[int] = set()
        self.ended = False
        """Whether the last page has come."""
        self.total: int | None = None
        """How many rows the whole list has, where the last page told."""

    async def next_page(self) -> list[object] | None:
        """The rows of the next page that have not come yet; None after the last page.

        Raises:
            NexudusError: As the call does; the same page can be asked for again.
            IncompleteList: The server repeats itself, as it does when it ignores `page`, or never ends. What is
                missing then must not be taken for deleted.
        """
        if self.ended:
            return None
        if self._number > self._most:
            raise IncompleteList(f"{self._path} goes on after page {self._most}")
        listing = await self._page_at(self._number)
        fresh = [row for row in listing.records if id_of(row) not in self._seen]
        ids = ids_of(fresh)
        if not ids and ((self._number > 1 and listing.records) or listing.has_next_page):
            raise IncompleteList(f"page {self._number} of {self._path} has nothing new")
        self._seen |= ids
        self._number += 1
        self.ended = not listing.has_next_page
        self.total = listing.total_items
        return fresh


def ids_of(rows: list[object]) -> set[int]:
    """The ids of rows as they came, of those that have one."""
    return {found for row in rows if (found := id_of(row)) is not None}


def id_of(row: object) -> int | None:
    """The id of a row as it came; None if it has none."""
    found = row.get("Id") if isinstance(row, dict) else None
    return found if isinstance(found, int) else None
