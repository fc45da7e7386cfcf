"""The figures that a monitoring system reads over HTTP."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from kiosk.desk.adverts import RadioStanding, RadioState
from kiosk.desk.badge_desk import badge_code
from kiosk.desk.credentials import Code, Via
from kiosk.desk.frames import CameraStanding, CameraState
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.ports import LineStatus, Link
from kiosk.health.counting import CountingDesk
from kiosk.health.metrics import Answers, Endpoint, Sources, Standing
from tests.ui.desk import ScriptedDesk, welcome

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Scene:
    """What the figures are taken from, and a desk that is counted."""

    def __init__(self, folder: Path) -> None:
        self.line = LineStatus(Link.ONLINE, 2, 1, directory_as_of=NOW - timedelta(minutes=5))
        self.oldest: datetime | None = NOW - timedelta(seconds=90)
        self.registry = CollectorRegistry()
        self.inner = ScriptedDesk()
        self.seconds = iter(range(1000))
        self.desk = CountingDesk(self.inner, Answers(self.registry), lambda: next(self.seconds) * 0.02)
        sources = Sources(
            lambda: self.line,
            lambda: self.oldest,
            lambda: CameraStanding("USB camera", CameraState.LIVE, 8.0),
            lambda: RadioStanding(RadioState.LISTENING, "hci0", packets_per_second=42.0),
            folder,
        )
        self.registry.register(Standing(sources, lambda: NOW))
        self.endpoint = Endpoint(self.registry, "127.0.0.1", 0)

    def figures(self) -> dict[str, float]:
        """What somebody reads who asks over HTTP, by name and labels."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.endpoint.port}/metrics") as answer:
            text = answer.read().decode()
        return {
            sample.name + "".join(f"|{value}" for value in sample.labels.values()): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path)
    scene.endpoint.start()
    yield scene
    scene.endpoint.stop()


def test_how_the_kiosk_stands_is_told_when_it_is_asked(scene: Scene) -> None:
    told = scene.figures()
    assert (told["kiosk_up"], told["kiosk_online"], told["kiosk_sign_in_needed"]) == (1, 1, 0)
    assert (told["kiosk_queue_events"], told["kiosk_queue_age_seconds"], told["kiosk_dead_letters"]) == (2, 90, 1)
    assert told["kiosk_directory_timestamp_seconds"] == (NOW - timedelta(minutes=5)).timestamp()
    assert (told["kiosk_camera_live"], told["kiosk_camera_frames_per_second"]) == (1, 8)
    assert (told["kiosk_bluetooth_listening"], told["kiosk_bluetooth_packets_per_second"]) == (1, 42)
    assert 0 < told["kiosk_disk_free_bytes"] < told["kiosk_disk_size_bytes"]
    scene.line, scene.oldest = LineStatus(Link.SIGN_IN, 0, 0, sign_in_ends=NOW), None
    told = scene.figures()
    assert (told["kiosk_online"], told["kiosk_sign_in_needed"], told["kiosk_queue_age_seconds"]) == (0, 1, 0)
    assert told["kiosk_sign_in_ends_timestamp_seconds"] == NOW.timestamp()


async def test_answers_are_counted_by_method_and_outcome_with_the_time_they_took(scene: Scene) -> None:
    scene.inner.outcome = welcome("Zoë Lindqvist")
    await scene.desk.present(Code("4711", Via.KEYPAD))
    await scene.desk.present(Code("4711", Via.CAMERA))
    await scene.desk.present(badge_code("a" * 16))
    scene.inner.outcome = Outcome(OutcomeKind.LOCKED)
    await scene.desk.present(None)
    told = scene.figures()
    assert told["kiosk_answers_total|keypad|welcome"] == told["kiosk_answers_total|camera|welcome"] == 1
    assert told["kiosk_answers_total|badge|welcome"] == told["kiosk_answer_seconds_count|badge"] == 1
    assert told["kiosk_answers_total|unreadable|locked"] == told["kiosk_lockouts_total"] == 1
    assert told["kiosk_answer_seconds_sum|keypad"] == pytest.approx(0.02)
    assert told["kiosk_answer_seconds_bucket|0.016|keypad"] == 0
    assert told["kiosk_answer_seconds_bucket|0.033|keypad"] == 1
    assert not any("4711" in name or "Lindqvist" in name for name in told)


def test_a_port_that_is_taken_costs_the_figures_and_nothing_else(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    assert scene.endpoint.port is not None
    second = Endpoint(scene.registry, "127.0.0.1", scene.endpoint.port)
    second.start()
    assert second.port is None
    second.stop()
    assert "no figures at 127.0.0.1" in caplog.text
