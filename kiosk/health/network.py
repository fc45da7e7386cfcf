"""Whether this device is in a network at all, as the kernel tells it."""

from __future__ import annotations

from pathlib import Path

_ROUTE_UP, _ROUTE_REJECT = 0x0001, 0x0200  # RTF_UP, RTF_REJECT of <linux/route.h>
_ANYWHERE = "0" * 32


def leads_elsewhere(tables: Path = Path("/proc/net")) -> bool:
    """Whether there is a default route: without one there is no cable, no Wi-Fi, or no address from either.

    Args:
        tables: Where the kernel shows its tables. Where it shows none, nothing is known, and True is answered.
    """
    try:
        four = (tables / "route").read_text().splitlines()[1:]
    except (OSError, UnicodeError):
        return True
    try:
        six = (tables / "ipv6_route").read_text().splitlines()
    except (OSError, UnicodeError):
        six = []
    return any(_is_default_of_four(line.split()) for line in four) or any(
        _is_default_of_six(line.split()) for line in six
    )


def _is_default_of_four(row: list[str]) -> bool:
    """Columns: interface, destination, gateway, flags, ..., mask (7th from 0)."""
    return len(row) > 7 and row[1] == row[7] == "00000000" and bool(int(row[3], 16) & _ROUTE_UP)


def _is_default_of_six(row: list[str]) -> bool:
    """Columns: destination, its prefix, source, its prefix, next hop, metric, references, uses, flags, interface."""
    if len(row) < 10 or row[0] != _ANYWHERE or row[1] != "00" or row[9] == "lo":
        return False
    flags = int(row[8], 16)
    return bool(flags & _ROUTE_UP) and not flags & _ROUTE_REJECT
