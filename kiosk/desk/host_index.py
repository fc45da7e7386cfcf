"""An index over fifty thousand hosts: two texts, each searched as a whole, in place of fifty thousand objects."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice

from kiosk.desk.folding import fold, is_wordlike, joined
from kiosk.desk.hosts import FEWEST_LETTERS, MOST_FOUND, PAGE_SIZE, Host, HostChoice, HostHint, HostPage, HostRules
from kiosk.text import NAME_LENGTH

_MOST_LISTED = 500
"""Hosts that are found by some letters where everybody may be listed."""

_MOST_LOOKED_AT = 2000
"""Hosts of which it is looked at whether name and company together are meant. Where a beginning has more, one letter
more brings their number down."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Places of hosts in the index, the best first, and how many of them are meant by beginnings of words."""

    places: Sequence[int]
    by_beginning: int
    exact: int
    more: bool = False


class _Lines:
    """Many short lines as one text, in which a search is that of one text in another: about a millisecond."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "".join(lines)
        self._starts = array("L", accumulate(map(len, lines), initial=0))

    def __getitem__(self, place: int) -> str:
        return self._text[self._starts[place] : self._starts[place + 1]]

    def beginning(self, wanted: str) -> Iterator[int]:
        """The places of the lines that begin so; the lines must be in order."""
        last = len(self._starts) - 1
        place = bisect_left(range(last), wanted, key=self.__getitem__)
        while place < last and self[place].startswith(wanted):
            yield place
            place += 1

    def holding(self, *wanted: str) -> Iterator[int]:
        """The places of the lines in which all these texts stand, in order. Each line ends with a line feed."""
        rare, *others = sorted(wanted, key=len, reverse=True)
        text, at = self._text, self._text.find(rare)
        while at >= 0:
            end = text.find("\n", at)
            # Looked at where it stands: of a common beginning there are thousands.
            start = text.rfind("\n", 0, at) + 1 if others else at
            for other in others:
                if text.find(other, start, end) < 0:
                    break
            else:
                yield bisect_right(self._starts, at) - 1
            at = text.find(rare, end)


class HostIndex:
    """Finds hosts by letters of their name or company. Frozen: when the hosts change, another is made.

    Of each host there are two lines, in the order of the names: the folded words of the name and those of the company,
    each word after a space, so that what is typed begins a word where it stands after one. No host is kept: `host_of`
    gives the few that are shown. No folded word holds white space, so nothing in a name can pass for a border.
    """

    def __init__(self, hosts: Iterable[Host], rules: HostRules, host_of: Callable[[int], Host | None]) -> None:
        admits = rules.sieve()
        folded = ((joined(fold(host.name)), joined(fold(host.company)), host.id.number) for host in hosts)
        kept = sorted(line for line in folded if admits(line[0], line[1]))
        self._rules = rules
        self._host_of = host_of
        self._numbers = array("Q", (number for _, _, number in kept))
        self._names = _Lines([f" {name}\n" for name, _, _ in kept])
        self._firms = _Lines([f" {firm}\n" for _, firm, _ in kept])

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def rules(self) -> HostRules:
        """The rules it was made by."""
        return self._rules

    def search(self, typed: str, page: int = 0) -> HostPage:
        """The hosts meant by what was typed: names before companies, beginnings of words before the rest of them.

        A page that is not there is the nearest that is.
        """
        words = fold(typed[:NAME_LENGTH])
        everybody = self._rules.choice is HostChoice.LIST
        if not words and everybody:
            return self._page(_Found(range(len(self)), 0, 0), page)
        if words and self._rules.choice is HostChoice.FULL_NAME:
            return self._page(self._named(words), page)
        if not words or (not everybody and not _is_enough(words, typed)):
            return HostPage(hint=HostHint.TYPE_ON)
        return self._page(self._meant(words, _MOST_LISTED if everybody else MOST_FOUND), page)

    def _page(self, found: _Found, page: int) -> HostPage:
        pages = -(-len(found.places) // PAGE_SIZE)
        page = max(0, min(page, pages - 1))
        shown = found.places[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
        hosts = [host for host in map(self._host, shown) if host is not None]
        one = found.exact == 1 or (found.exact == 0 and found.by_beginning == 1)
        hint = HostHint.TYPE_ON if found.more else HostHint.CHOOSE if hosts else HostHint.NOBODY
        return HostPage(tuple(hosts), page, pages, hint, self._host(found.places[0]) if one else None)

    def _host(self, place: int) -> Host | None:
        return self._host_of(self._numbers[place])

    def _named(self, words: Sequence[str]) -> _Found:
        """Whoever has exactly this name; where nobody has, whoever is of exactly this company."""
        line = f" {joined(words)}\n"
        names = list(_few(self._names.beginning(line), MOST_FOUND + 1))
        of_firm = (place for place in self._firms.holding(line) if self._firms[place] == line)
        found = names or list(_few(of_firm, MOST_FOUND + 1))
        # Until then the rest of the name may be yet to come.
        more = not found or len(found) > MOST_FOUND
        return _Found(found[:MOST_FOUND], len(found), len(names), more)

    def _meant(self, words: Sequence[str], most: int) -> _Found:
        exact, names = self._by_name(words, most)
        found = [*exact, *names]
        if len(found) <= most:
            found += self._by_company(words, {*found}, most - len(found))
        by_beginning = len(found)
        if by_beginning < PAGE_SIZE and _is_enough(words, joined(words)):
            found += self._inside(words, {*found}, most - by_beginning)
        return _Found(found[:most], by_beginning, len(exact), len(found) > most)

    def _by_name(self, words: Sequence[str], most: int) -> tuple[list[int], list[int]]:
        """By the whole name, in any order of its words; and by beginnings of its words."""
        whole, wanted = f" {joined(words)}", [f" {word}" for word in words]
        begin = list(_few(self._names.beginning(whole), most + 1))
        exact = [place for place in begin if self._names[place] == f"{whole}\n"]
        names = begin[len(exact) :]  # among names that begin alike the shortest comes first
        known = set(begin)
        for place in self._names.holding(*wanted):
            if len(known) > most:
                break
            if place not in known:
                known.add(place)
                (exact if sorted(self._names[place].split()) == sorted(words) else names).append(place)
        return exact, names

    def _by_company(self, words: Sequence[str], known: set[int], most: int) -> list[int]:
        """With the help of the company."""
        wanted = [f" {word}" for word in words]
        places = self._firms.holding(*wanted)
        if len(wanted) > 1:
            places = chain(places, islice(self._in_either(max(wanted, key=len)), _MOST_LOOKED_AT))
        rest = (place for place in places if place not in known and self._holds(place, wanted))
        return list(_few(_once(rest), most + 1))

    def _inside(self, words: Sequence[str], known: set[int], most: int) -> list[int]:
        """By letters anywhere in a word."""
        places = chain(
            self._names.holding(*words),
            self._firms.holding(*words),
            islice(self._in_either(max(words, key=len)), _MOST_LOOKED_AT if len(words) > 1 else 0),
        )
        rest = (place for place in places if place not in known and self._holds(place, words))
        return list(_few(_once(rest), most + 1))

    def _in_either(self, wanted: str) -> Iterator[int]:
        return chain(self._names.holding(wanted), self._firms.holding(wanted))

    def _holds(self, place: int, wanted: Sequence[str]) -> bool:
        line = self._names[place] + self._firms[place]
        return all(word in line for word in wanted)


def _once(places: Iterator[int]) -> Iterator[int]:
    seen: set[int] = set()
    for place in places:
        if place not in seen:
            seen.add(place)
            yield place


def _is_enough(words: Sequence[str], typed: str) -> bool:
    return is_wordlike(typed) or sum(map(len, words)) >= FEWEST_LETTERS


def _few(places: Iterator[int], most: int) -> Iterator[int]:
    for count, place in enumerate(places, 1):
        yield place
        if count == most:
            return
