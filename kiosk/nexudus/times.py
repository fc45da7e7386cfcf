"""Nexudus times: read in every form it writes, written in one.

The administration API speaks UTC (contract 2). The member-portal API writes the location's own time under the same
letter Z: never feed its answers to this module.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,12}))?)?"
    r" ?(?:[Zz]|([+-])([0-9]{2}):?([0-9]{2}))?"
)
_LEGACY = re.compile(r"/Date\((-?[0-9]{1,17})(?:[+-][0-9]{4})?\)/")


def parse_utc(text: str) -> datetime:
    """Return the moment that `text` names, aware and in UTC.

    Takes `2022-05-13T20:55:44.5515198Z` (any number of fraction digits, cut to microseconds), the same without
    fraction or seconds, with an offset, without any zone (which Nexudus stores as UTC), and the legacy
    `/Date(milliseconds)/`.

    Raises:
        ValueError: It is none of these, or no such moment exists.
    """
    text = text.strip()
    try:
        if legacy := _LEGACY.fullmatch(text):
            return _EPOCH + timedelta(milliseconds=int(legacy[1]))
        if iso := _ISO.fullmatch(text):
            return _from_iso(iso)
    except OverflowError:
        raise ValueError("a time out of range") from None
    raise ValueError("not a time")


def _from_iso(found: re.Match[str]) -> datetime:
    year, month, day, hour, minute = (int(found[index]) for index in range(1, 6))
    microsecond = int(((found[7] or "") + "000000")[:6])
    zone = UTC
    if found[8]:
        offset = timedelta(hours=int(found[9]), minutes=int(found[10]))
        zone = timezone(-offset if found[8] == "-" else offset)
    return datetime(year, month, day, hour, minute, int(found[6] or 0), microsecond, zone).astimezone(UTC)


def whole_second(moment: datetime) -> datetime:
    """Return `moment` in UTC without its fraction of a second.

    A check-in is found again by location, person and `FromTime`. Whether a fraction survives at the server is not
    documented, so none is ever sent: what is sent and what is read back are then the same.

    Raises:
        ValueError: `moment` has no zone, so nobody can tell which moment it is.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be sent")
    return moment.astimezone(UTC).replace(microsecond=0)


def format_utc(moment: datetime) -> str:
    """Return `moment` as `YYYY-MM-DDTHH:MM:SSZ`, in whole seconds (see `whole_second`).

    Raises:
        ValueError: `moment` has no zone.
    """
    return whole_second(moment).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
