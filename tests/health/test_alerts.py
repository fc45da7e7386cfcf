"""The alert rules that come with the kiosk ask for figures that it really has."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from kiosk.desk.adverts import RadioStanding, RadioState
from kiosk.desk.credentials import Via
from kiosk.desk.frames import CameraStanding, CameraState
from kiosk.desk.ports import LineStatus, Link
from kiosk.health import metrics
from kiosk.health.metrics import Answers, Sources, Standing

RULES = (Path(__file__).parents[2] / "systemd" / "alerts.yml").read_text("ascii")
EXPRESSIONS = re.findall(r"^        expr: (.+)$", RULES, re.MULTILINE)
OF_PROMETHEUS = {"up"}
"""What Prometheus itself knows of each target."""


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every figure of a kiosk that has all there is."""
    # No test runs on a Raspberry Pi, so what its kernel tells is what it tells there.
    monkeypatch.setattr(metrics, "temperature", lambda: 48.0)
    monkeypatch.setattr(metrics, "has_too_little_power", lambda: False)
    moment, registry = datetime(2026, 3, 2, tzinfo=UTC), CollectorRegistry()
    line = LineStatus(Link.ONLINE, 0, 0, directory_as_of=moment, sign_in_ends=moment)
    camera = CameraStanding("USB camera", CameraState.LIVE, 8.0)
    radio = RadioStanding(RadioState.LISTENING)
    answers = Answers(registry)
    answers.answered(Via.BADGE, "welcome", 0.02)
    registry.register(
        Standing(Sources(lambda: line, lambda: None, lambda: camera, lambda: radio, tmp_path), lambda: moment)
    )
    return {sample.name for family in registry.collect() for sample in family.samples}


def test_every_figure_that_a_rule_names_is_there(names: set[str]) -> None:
    asked = {name for rule in EXPRESSIONS for name in re.findall(r"\bkiosk_\w+|\bup\b", rule)}

    assert len(asked) > 10
    assert asked - names - OF_PROMETHEUS == set()


def test_the_methods_that_a_rule_names_are_those_of_the_kiosk() -> None:
    asked = re.findall(r'method="(\w+)"', RULES)

    assert asked
    assert set(asked) <= {via.value for via in Via}


def test_each_rule_is_whole_and_says_what_to_do() -> None:
    alerts = RULES.split("      - alert: ")[1:]
    keys = ["expr", "labels", "annotations", "summary", "cure"]

    assert len(alerts) == len({alert.splitlines()[0] for alert in alerts}) == len(EXPRESSIONS)
    for alert in alerts:
        found = [key for key in re.findall(r"^ +(\w+):", alert, re.MULTILINE) if key != "for"]
        assert found == keys, alert
        assert re.search(r"severity: (page|ticket)\}", alert), alert
    assert "\t" not in RULES
    assert all(line.count('"') % 2 == 0 for line in RULES.splitlines())
