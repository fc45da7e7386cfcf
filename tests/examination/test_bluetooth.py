"""Bluetooth as the doctor meets it: with an adapter, without one, switched off in the settings, and replayed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.control.protocol import RadioReport, Report
from kiosk.desk.adverts import RadioState
from kiosk.desk.ports import Link
from kiosk.examination.bluetooth import examine_bluetooth
from kiosk.health.findings import Finding, Subject, Verdict
from kiosk.sections.bluetooth import BluetoothSettings
from kiosk.settings import Settings
from tests.sensors.radio.conftest import bus, daemon, no_bus
from tests.sensors.radio.standin import BluezStandIn

__all__ = ["bus", "daemon", "no_bus"]


async def found(source: str = "auto", adapter: str = "", report: Report | None = None) -> list[Finding]:
    settings = Settings(bluetooth=BluetoothSettings(source=source, adapter=adapter))
    findings = await examine_bluetooth(settings, report)
    assert {finding.subject for finding in findings} == {Subject.BLUETOOTH}
    return findings


@pytest.mark.usefixtures("daemon")
async def test_the_adapter_is_looked_at_without_being_used(daemon: BluezStandIn) -> None:
    (adapter,) = await found()

    assert (adapter.verdict, adapter.said) == (
        Verdict.WELL, "hci0 (lobby) can be used. Broadcom, Bluetooth 5.0, BlueZ 5.82.",
    )  # fmt: skip
    assert daemon.members == ["GetManagedObjects"]


@pytest.mark.usefixtures("daemon")
async def test_one_that_is_named_and_not_there_is_told() -> None:
    (adapter,) = await found(adapter="hci7")

    assert (adapter.verdict, adapter.said) == (Verdict.NOTE, "There is no Bluetooth adapter hci7.")


async def test_one_that_is_off_is_wrong(daemon: BluezStandIn) -> None:
    daemon.power("hci0", on=False)

    (adapter,) = await found()

    assert adapter.verdict is Verdict.WRONG
    assert "bluetoothctl power on" in adapter.cure


@pytest.mark.usefixtures("no_bus")
async def test_without_a_bus_or_by_the_settings_there_is_none_and_that_is_no_fault(tmp_path: Path) -> None:
    assert [finding.verdict for finding in await found()] == [Verdict.NOTE]
    assert [finding.verdict for finding in await found("none")] == [Verdict.WELL]

    (recording,) = await found(str(tmp_path / "nowhere"))
    assert recording.verdict is Verdict.WRONG


@pytest.mark.usefixtures("daemon")
async def test_what_the_running_kiosk_hears_is_told_beside_it() -> None:
    radio = RadioReport(state=RadioState.LISTENING, packets_per_second=8.0, last_packet_seconds=2.0)

    adapter, packets = await found(report=Report(process=1, line=Link.ONLINE, waiting=0, refused=0, radio=radio))

    assert (adapter.verdict, packets.verdict) == (Verdict.WELL, Verdict.WELL)
    assert packets.said == "The last was heard 2 s ago, 8 a second."
