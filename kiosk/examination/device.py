"""A look at this device's kiosk from outside, beside one that runs or without one.

Nothing is changed and nobody is disturbed. The state is read without its lock. The kiosk that runs is asked how it
stands through its socket. For the rights, the kept access token is used while it lasts and is never renewed: a refresh
token is good once, and it is the kiosk's. So a token that has run out, as after a week without power, leaves the rights
not verified until the kiosk has been started.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.assembly import address_of, at_rest_for_reading, connect, read_state, trying_of
from kiosk.clock import SystemClock
from kiosk.control.client import NoAnswerGiven, NobodyThere, ask
from kiosk.control.protocol import AskStatus, Report
from kiosk.desk.clock import Anchor, LearningClock, anchor_from_date
from kiosk.desk.ports import Link
from kiosk.examination.bluetooth import examine_bluetooth
from kiosk.examination.parts import examine_camera, examine_device, examine_glass
from kiosk.health.clock import judge_clock
from kiosk.health.findings import Finding, Subject, Verdict
from kiosk.health.nexudus import SIGN_IN_AGAIN, examine_account, judge_way
from kiosk.health.state import judge_key, judge_record, judge_room
from kiosk.health.touch import judge_touch
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import WrongAddress
from kiosk.nexudus.permissions import Permission, PermissionTrial
from kiosk.nexudus.reach import explore
from kiosk.nexudus.session import Renewal
from kiosk.settings import Settings
from kiosk.state.errors import StateError
from kiosk.state.listing import read_damage
from kiosk.state.site import Site, SiteStore

ASK_SECONDS = 5.0
"""How long a kiosk that runs may take to say how it stands."""


@dataclass(frozen=True, slots=True)
class StateSeen:
    """What is on the disk: the site, None if it cannot be read, and what was found."""

    site: Site | None
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class RunningSeen:
    """The kiosk that runs: what it tells, None if it tells nothing, and what was found."""

    report: Report | None
    findings: list[Finding]


async def examine(settings: Settings, clock: LearningClock | None = None) -> list[Finding]:
    """Look at everything. What is wrong is a finding, and nothing is raised for it.

    Args:
        settings: Where the state is, and Nexudus.
        clock: This device's clock unless given.
    """
    clock = clock or SystemClock()
    folder = settings.state.folder
    device = await asyncio.to_thread(examine_device, folder)
    seen = await asyncio.to_thread(examine_state, settings)
    running = await asyncio.to_thread(examine_running, folder)
    site = seen.site or Site(client_id="")
    try:
        outside = await _examine_nexudus(settings, site, clock)
    except WrongAddress as error:
        address = Finding(
            Subject.NETWORK, "address", Verdict.WRONG, error.staff, "Correct nexudus.url in the settings."
        )
        outside = [address, *judge_clock(clock.now(), None)]
    glass = await asyncio.to_thread(examine_glass, folder, ASK_SECONDS)
    touch = await asyncio.to_thread(judge_touch)
    parts = [
        glass,
        *touch,
        *await asyncio.to_thread(examine_camera, running.report),
        *await examine_bluetooth(settings, running.report),
    ]
    return [*device, *seen.findings, *running.findings, *parts, *outside]


def examine_state(settings: Settings) -> StateSeen:
    """Look at the disk: the record, the key, and the room there is. Waits for the disk."""
    folder, site = settings.state.folder, None
    try:
        with read_state(settings) as reading:
            site = SiteStore(reading.precious).site or Site(client_id="")
            record = judge_record(site, read_damage(reading.precious))
    except StateError as error:
        record = [Finding(Subject.STATE, "record", Verdict.WRONG, str(error), "Then ask 'kiosk doctor' again.")]
    return StateSeen(site, [*record, judge_key(settings.state.key_file, folder, site), *judge_room(folder)])


def examine_running(folder: Path) -> RunningSeen:
    """Ask the kiosk that runs how it stands, if one does. Waits for its answer."""
    try:
        report = ask(folder, AskStatus(), within=ASK_SECONDS).report
    except NobodyThere:
        said = "No kiosk runs on this state."
        return RunningSeen(None, [_process(Verdict.NOTE, said, "Start it with 'kiosk run'.")])
    except NoAnswerGiven as error:
        return RunningSeen(None, [_process(Verdict.WRONG, str(error), "If it hangs, restart it.")])
    if report is None:
        said = "Something answers for the kiosk and does not say how it stands."
        return RunningSeen(None, [_process(Verdict.WRONG, said, "Restart the kiosk.")])
    runs = _process(Verdict.WELL, f"It runs, as process {report.process}.")
    return RunningSeen(report, [runs, _line(report), *_ending(report), _queue(report)])


def _process(verdict: Verdict, said: str, cure: str = "") -> Finding:
    return Finding(Subject.KIOSK, "process", verdict, said, cure)


def _line(report: Report) -> Finding:
    why = "".join(f" {trouble}" for trouble in report.troubles)
    match report.line:
        case Link.SIGN_IN:
            said = f"It needs a new sign-in. People are checked in meanwhile, and everything waits in its queue.{why}"
            return Finding(Subject.KIOSK, "line", Verdict.WRONG, said, SIGN_IN_AGAIN)
        case Link.OFFLINE:
            said = f"Its last call to Nexudus did not get through. It tries again by itself.{why}"
            return Finding(Subject.KIOSK, "line", Verdict.NOTE, said, "See what is said of the network below.")
        case Link.UNTRIED:
            return Finding(Subject.KIOSK, "line", Verdict.WELL, "It has just started, and calls Nexudus now.")
        case Link.ONLINE:
            return Finding(Subject.KIOSK, "line", Verdict.WELL, "It is in touch with Nexudus.")


def _ending(report: Report) -> list[Finding]:
    """A sign-in that works today and will not for long: told before it is too late."""
    if report.sign_in_ends is None or report.line is Link.SIGN_IN:
        return []
    said = f"Its sign-in ends on {report.sign_in_ends:%Y-%m-%d %H:%M} UTC. {' '.join(report.troubles)}".rstrip()
    return [Finding(Subject.KIOSK, "sign-in", Verdict.WRONG, said, SIGN_IN_AGAIN)]


def _queue(report: Report) -> Finding:
    said = f"{report.waiting} events wait for Nexudus, {report.refused} were refused by it."
    if report.refused:
        return Finding(Subject.KIOSK, "queue", Verdict.NOTE, said, "See 'kiosk events --refused'.")
    return Finding(Subject.KIOSK, "queue", Verdict.WELL, said)


async def examine_permissions(settings: Settings, clock: LearningClock | None = None) -> list[Permission]:
    """Try the rights of the kept sign-in, as `examine` does. Raises StateError, WrongAddress."""
    with read_state(settings) as reading:
        site = SiteStore(reading.precious).site or Site(client_id="")
    async with _borrowed(settings, site, clock or SystemClock()) as nexudus:
        return await PermissionTrial(nexudus.client, trying_of(settings)).run()


async def _examine_nexudus(settings: Settings, site: Site, clock: LearningClock) -> list[Finding]:
    """Go the way there, compare the clocks, and look at the account. Raises WrongAddress."""
    anchors: list[Anchor] = []

    def told(date: datetime, round_trip: float) -> None:
        anchors.append(anchor_from_date(date, round_trip, clock.now()))

    way = judge_way(await explore(address_of(settings, site), told))
    found = [*way, *judge_clock(clock.now(), anchors[-1] if anchors else None)]
    if not site.ready:
        said = "This kiosk has not been set up, so there is no sign-in to look at."
        return [*found, Finding(Subject.SIGN_IN, "account", Verdict.UNVERIFIED, said)]
    try:
        async with _borrowed(settings, site, clock) as nexudus:
            return [*found, *await examine_account(nexudus, site, trying_of(settings))]
    except StateError as error:
        return [*found, Finding(Subject.SIGN_IN, "account", Verdict.UNVERIFIED, str(error))]


@contextlib.asynccontextmanager
async def _borrowed(settings: Settings, site: Site, clock: LearningClock) -> AsyncIterator[Nexudus]:
    """The way to Nexudus with the kiosk's sign-in, which is left to it to renew. Raises StateError, WrongAddress."""
    at_rest = await asyncio.to_thread(at_rest_for_reading, settings)
    url, folder = address_of(settings, site), settings.state.folder
    nexudus = connect(url, folder, site.client_id, clock, at_rest, Renewal.LEFT_TO_THE_KIOSK)
    try:
        yield nexudus
    finally:
        await nexudus.client.aclose()
