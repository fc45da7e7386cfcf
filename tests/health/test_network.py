"""Whether this device is in a network, by what the kernel shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.health.network import leads_elsewhere

HEAD = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
DEFAULT = "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
ITS_OWN_NET = "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n"
SIX = f"{'0' * 32} 00 {'0' * 32} 00 fe80000000000000000000000000abcd 00000400 00000001 00000000 00000003     eth0\n"
SIX_NOWHERE = f"{'0' * 32} 00 {'0' * 32} 00 {'0' * 32} ffffffff 00000001 00000000 00200200       lo\n"


@pytest.mark.parametrize(
    ("four", "six", "leads"),
    [
        (HEAD + ITS_OWN_NET + DEFAULT, "", True),
        (HEAD + ITS_OWN_NET, SIX_NOWHERE, False),
        (HEAD, SIX_NOWHERE + SIX, True),
        (HEAD, "", False),
    ],
    ids=["a default route", "only its own net", "by IPv6 alone", "nothing"],
)
def test_a_default_route_leads_elsewhere(tmp_path: Path, four: str, six: str, leads: bool) -> None:
    (tmp_path / "route").write_text(four)
    (tmp_path / "ipv6_route").write_text(six)
    assert leads_elsewhere(tmp_path) is leads


def test_where_the_kernel_shows_nothing_a_network_is_assumed(tmp_path: Path) -> None:
    assert leads_elsewhere(tmp_path)
