"""`kiosk doctor` as staff give it over SSH, beside a kiosk that runs and without one."""

from __future__ import annotations

import json
from typing import Any

from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.world import World
from tests.commands.shell import RunningLine, Shell


def told(shell: Shell, status: int) -> list[dict[str, Any]]:
    """The findings, as JSON."""
    done = shell.run("doctor", "--json", "--state", str(shell.folder / "state"))
    assert done.returncode == status, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["well"] is (status == 0)
    findings: list[dict[str, Any]] = report["findings"]
    return findings


def test_all_is_well_beside_a_running_kiosk_that_goes_on(shell: Shell, line: RunningLine) -> None:
    findings = told(shell, 0)

    assert f"as process {line.process.pid}" in next(one["said"] for one in findings if one["about"] == "process")
    parts = [one for one in findings if one["subject"] not in {"device", "glass"}]  # the line has no glass
    assert {one["verdict"] for one in parts} == {"well"}
    assert not any(one["verdict"] == "wrong" for one in findings)
    line.until_online()


def test_a_missing_right_is_wrong_and_told_with_its_cure(shell: Shell, world: World) -> None:
    world.deny(SIGN_IN.email, "Visitor-Create")

    done = shell.run("doctor", "--state", str(shell.folder / "state"))

    assert done.returncode == 1
    lines = done.stdout.splitlines()
    place = next(number for number, text in enumerate(lines) if "WRONG" in text)
    assert "Visitor - Create" in lines[place]
    assert "cannot be registered" in lines[place]
    assert "-> Grant it in the role" in lines[place + 1]
    assert lines[-1] == "1 thing is wrong."
    assert all(len(text) <= 110 for text in lines)


def test_a_running_kiosk_that_needs_a_new_sign_in_says_so(shell: Shell, line: RunningLine, world: World) -> None:
    world.reset_password(SIGN_IN.email, "a new password")
    line.say("pin 99999")

    findings = told(shell, 1)

    assert {(one["subject"], one["verdict"]) for one in findings if one["verdict"] == "wrong"} >= {("sign-in", "wrong")}
    assert "kiosk setup" in next(one["cure"] for one in findings if one["about"] == "account")


def test_a_settings_file_that_cannot_be_used_is_one_sentence(shell: Shell) -> None:
    done = shell.run("doctor", "--settings", "nowhere.toml")

    assert done.returncode == 1
    assert done.stderr == "kiosk: The settings file nowhere.toml is not there.\n"
