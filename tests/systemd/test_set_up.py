"""The set-up script and the lock files that it installs from."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "systemd" / "setup.sh"
SCRIPTS = sorted(SCRIPT.parent.glob("*.sh"))
CI = ROOT / ".ci" / "run"
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "tests" / "requirements.lock"
LOCKS = (RUN_LOCK, TEST_LOCK)


def set_up(*arguments: str, script: Path = SCRIPT, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the set-up script; `path` replaces PATH."""
    environment = {**os.environ, "PATH": path or os.environ["PATH"]}
    command = ["/bin/sh", str(script), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, stdin=subprocess.DEVNULL
    )


def locked(*locks: Path) -> dict[str, Requirement]:
    """The pinned requirements of lock files, by canonical name."""
    lines = [line for lock in locks for line in lock.read_text().splitlines() if line[:1].isalnum()]
    pins = [Requirement(line.rstrip(" \\")) for line in lines]
    return {canonicalize_name(pin.name): pin for pin in pins}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.mark.parametrize("arguments", [(), ("dmeo",), ("--help",)])
def test_an_unknown_word_is_misuse_and_shows_the_usage_to_people_only(arguments: tuple[str, ...]) -> None:
    misused = set_up(*arguments)

    assert misused.returncode == 2
    assert misused.stderr.startswith("Usage: sh systemd/setup.sh COMMAND")
    assert misused.stdout == ""


def test_help_names_every_command_on_standard_output() -> None:
    helped = set_up("help")
    dispatch = SCRIPT.read_text().rpartition("case $command in")[2]
    commands = re.findall(r"^([a-z]+)\)", dispatch, re.MULTILINE)

    assert helped.returncode == 0
    assert helped.stderr == ""
    assert commands
    assert all(re.search(rf"^  {command} ", helped.stdout, re.MULTILINE) for command in commands)


def test_a_python_that_is_too_old_is_refused_before_anything_is_touched(tmp_path: Path) -> None:
    # A machine whose python3 says it is 3.9: the real interpreter, with only its version changed.
    old_python = tmp_path / "bin" / "python3"
    old_python.parent.mkdir()
    lie = "import sys; sys.version_info = (3, 9, 2, 'final', 0); exec(sys.argv[1])"
    old_python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c "{lie}" "$2"\n')
    old_python.chmod(0o755)
    checkout = tmp_path / "a kiosk"
    (checkout / "systemd").mkdir(parents=True)
    script = Path(shutil.copy(SCRIPT, checkout / "systemd"))
    for part in SCRIPT.parent.glob("*.sh"):
        shutil.copy(part, checkout / "systemd")

    refused = set_up("demo", script=script, path=f"{old_python.parent}:/usr/bin:/bin")

    assert refused.returncode == 1
    assert refused.stderr.startswith("The kiosk needs Python 3.11 or newer, and python3 is 3.9 here")
    assert refused.stderr.count("\n") == 1
    assert [entry.name for entry in checkout.iterdir()] == ["systemd"]


def test_the_scripts_parse_in_their_shells() -> None:
    for shell, script in [("sh", script) for script in SCRIPTS] + [("bash", CI)]:
        parsed = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True, check=False)
        assert (parsed.returncode, parsed.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_shellcheck_finds_nothing() -> None:
    checked = subprocess.run(
        ["shellcheck", "--external-sources", *map(str, SCRIPTS), str(CI)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert checked.stdout == ""


def test_ci_is_executable_and_runs_the_test_command_that_people_run() -> None:
    assert os.access(CI, os.X_OK)
    assert "sh systemd/setup.sh test" in CI.read_text()


def test_the_lock_satisfies_every_dependency_of_the_project() -> None:
    groups = project()["dependency-groups"]
    wanted = {RUN_LOCK: [*project()["project"]["dependencies"], *groups["build"]], TEST_LOCK: groups["test"]}
    for lock, requirements in wanted.items():
        pins = locked(lock)
        for requirement in map(Requirement, requirements):
            pin = pins[canonicalize_name(requirement.name)]
            (version,) = (specifier.version for specifier in pin.specifier)
            assert requirement.specifier.contains(version), f"{lock.name} has {pin}, the project wants {requirement}"


def test_every_pin_is_exact_and_hashed() -> None:
    for lock in LOCKS:
        for entry in re.findall(r"^\w(?:.*\\\n)*.*", lock.read_text(), re.MULTILINE):
            assert re.match(r"[\w-]+==[\w.!]+ ", entry), entry
            assert re.search(r" --hash=sha256:[0-9a-f]{64}", entry), entry


def test_no_package_is_locked_twice() -> None:
    assert not locked(RUN_LOCK).keys() & locked(TEST_LOCK).keys()


def test_the_lock_names_no_host_and_no_place() -> None:
    for lock in LOCKS:
        text = lock.read_text()
        assert "://" not in text
        assert not re.search(r"index|find-links|trusted-host|/home|/root|/tmp|/opt", text)
