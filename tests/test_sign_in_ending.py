"""A sign-in that works today and will not for long, as staff see it: a real state, a real service, and the socket."""

from __future__ import annotations

import contextlib
import json
from argparse import Namespace
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.assembly import clerk_for, connect, errands_for
from kiosk.commands import status
from kiosk.control.server import ControlServer
from kiosk.desk.ports import Link
from kiosk.examination.device import examine
from kiosk.health.findings import Finding, Subject, Verdict
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sync.link import LinkWatch
from tests.road import HandClock, Road, open_road


@pytest.fixture
async def road(tmp_path: Path) -> AsyncIterator[Road]:
    """A kiosk that was set up."""
    async with open_road(tmp_path, HandClock()) as road:
        yield road


@contextlib.contextmanager
def answering(road: Road) -> Iterator[None]:
    """The kiosk answers staff's commands."""
    server = ControlServer(road.settings.state.folder, clerk_for(road.state, road.clock, road.courier).answer)
    server.start()
    try:
        yield
    finally:
        server.stop()


async def lose_the_renewal(road: Road, folder: Path) -> None:
    """Somebody signs in with this kiosk's own name. Its pair works until it ends, and a day later is not renewed."""
    other = connect(road.server.url, folder, road.state.site.client_id, road.clock)
    await other.client.session.sign_in(SIGN_IN.email, SIGN_IN.password)
    await other.client.aclose()
    road.clock.advance(days=1)
    await errands_for(road.nexudus, road.settings, road.state, road.clock, LinkWatch()).read_presence()


async def found(road: Road, subject: Subject, about: str) -> Finding | None:
    findings = await examine(road.settings, road.clock)
    return next((one for one in findings if (one.subject, one.about) == (subject, about)), None)


async def test_a_kiosk_whose_renewal_was_refused_works_on_and_says_until_when(road: Road, tmp_path: Path) -> None:
    await lose_the_renewal(road, tmp_path / "other")

    said = road.desk.status()

    assert said.link is not Link.SIGN_IN
    assert said.sign_in_ends is not None
    assert road.clock.wall < said.sign_in_ends < road.clock.wall + timedelta(days=7)
    assert "kiosk setup" in said.troubles[0]


async def test_the_doctor_finds_it_while_there_is_time(road: Road, tmp_path: Path) -> None:
    await lose_the_renewal(road, tmp_path / "other")

    with answering(road):
        finding = await found(road, Subject.KIOSK, "sign-in")

    assert finding is not None
    assert finding.verdict is Verdict.WRONG
    assert "before its time" in finding.said
    assert "kiosk setup" in finding.cure


@pytest.mark.parametrize("as_json", [True, False])
async def test_the_status_command_says_it_with_the_day(
    road: Road, tmp_path: Path, as_json: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await lose_the_renewal(road, tmp_path / "other")
    monkeypatch.setenv("KIOSK_STATE__KEY_FILE", str(road.settings.state.key_file))

    with answering(road):
        status.run(Namespace(settings=None, state=road.settings.state.folder, json=as_json))

    said = capsys.readouterr().out
    if as_json:
        told = json.loads(said)
        assert told["sign_in"] == "ending"
        assert told["sign_in_ends"].startswith("2026-03-09T09:15")
        assert "kiosk setup" in told["notices"][0]
    else:
        assert "sign-in:   ends 2026-03-09 10:15" in said
        assert "kiosk setup" in said


async def test_a_good_sign_in_is_no_finding(road: Road) -> None:
    with answering(road):
        assert await found(road, Subject.KIOSK, "sign-in") is None
    assert await found(road, Subject.SIGN_IN, "renewal") is None


async def test_once_it_has_ended_the_doctor_says_what_ended_it(road: Road, tmp_path: Path) -> None:
    await lose_the_renewal(road, tmp_path / "other")
    road.clock.advance(days=7)
    await road.desk.present(road.typed("Zoë Lindqvist"))
    await road.courier.deliver_due()

    with answering(road):
        line = await found(road, Subject.KIOSK, "line")
        ending = await found(road, Subject.KIOSK, "sign-in")

    assert line is not None
    assert line.verdict is Verdict.WRONG
    assert "before its time" in line.said
    assert ending is None


async def test_a_kiosk_that_was_off_for_ten_days_is_told_of_before_its_sign_in_ends(road: Road) -> None:
    road.world.access_lifetime = timedelta(days=30)
    await road.nexudus.client.session.sign_in(SIGN_IN.email, SIGN_IN.password)
    road.clock.advance(days=11)

    finding = await found(road, Subject.SIGN_IN, "renewal")

    assert finding is not None
    assert finding.verdict is Verdict.WRONG
    assert "2026-03-17" in finding.said
