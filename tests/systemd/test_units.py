"""The files for systemd and for the terminal, judged by systemd and by the terminal themselves where those are here."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.desk.device import ExitStatus
from kiosk.wiring.service import REQUEST

FILES = Path(__file__).parents[2] / "systemd/files"
UNITS = ("kiosk.service", "kiosk-restart.service", "kiosk-restart.timer")

HIGHEST_EXPOSURE = {"kiosk.service": 1.9, "kiosk-restart.service": 1.0}
"""What `systemd-analyze security` may count, of 10. One has a console, a network and cameras, the other nothing."""


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def lines_of(name: str) -> list[str]:
    return (FILES / name).read_text("utf-8").splitlines()


def settings_of(name: str) -> dict[str, list[str]]:
    """Each directive of a unit, with all that it is given."""
    found: dict[str, list[str]] = {}
    for line in lines_of(name):
        if (match := re.match(r"([A-Za-z]+)=(.*)", line)) is not None:
            found.setdefault(match[1], []).append(match[2])
    return found


@pytest.fixture
def analyze() -> str:
    """The tool that judges units, where there is one."""
    found = shutil.which("systemd-analyze")
    if found is None:
        pytest.skip("systemd-analyze is not here")
    return found


def test_systemd_finds_nothing_wrong_with_the_units(analyze: str, tmp_path: Path) -> None:
    for name in UNITS:
        text = (FILES / name).read_text("utf-8")
        if shutil.which("cage") is None:  # its command alone is another one here
            text = text.replace("/usr/bin/cage", "/bin/true")
        (tmp_path / name).write_text(text)
    done = run(analyze, "verify", *(tmp_path / name for name in UNITS))

    assert done.returncode == 0, done.stderr
    ours = [line for line in done.stderr.splitlines() if "kiosk" in line]
    assert ours == []


@pytest.mark.parametrize("name", HIGHEST_EXPOSURE)
def test_the_sandbox_is_as_tight_as_the_display_allows(
    analyze: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    done = run(analyze, "security", "--offline=yes", FILES / name)
    counted = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)

    assert counted is not None, done.stderr
    with capsys.disabled():
        sys.stdout.write(f"\n{counted[0]} ")
    assert float(counted[1]) <= HIGHEST_EXPOSURE[name]


def test_each_line_of_the_sandbox_has_its_reason_above_it() -> None:
    lines = lines_of("kiosk.service")
    sandbox = lines[next(index for index, line in enumerate(lines) if "the sandbox" in line) :]
    reasoned = True
    for line in sandbox:
        reasoned = line.startswith("#") or (reasoned and bool(line))
        assert reasoned or not line or line == "[Install]" or line.startswith("WantedBy"), line


def test_the_unit_and_the_kiosk_mean_the_same_by_what_they_share() -> None:
    unit, asked = settings_of("kiosk.service"), settings_of("kiosk-restart.service")

    assert unit["RestartPreventExitStatus"] == [str(ExitStatus.LEFT.value)]
    assert unit["Restart"] == ["always"]
    assert (unit["Type"], unit["NotifyAccess"]) == (["notify"], ["all"])
    assert asked["ExecStart"] == [f"/usr/bin/touch /run/{unit['RuntimeDirectory'][0]}/{REQUEST}"]
    assert f"XDG_RUNTIME_DIR=/run/{unit['RuntimeDirectory'][0]}" in unit["Environment"]
    assert unit["LoadCredential"] == ["pin.key:/etc/kiosk/nexudus-kiosk/pin.key"]
    glass = (FILES.parent / "on-glass.sh").read_text("utf-8")
    assert f"NOT_STARTED={ExitStatus.NOT_STARTED.value} LEFT={ExitStatus.LEFT.value}" in glass


def test_no_console_can_be_switched_to_and_nobody_signs_in_by_themselves() -> None:
    assert "-s" not in settings_of("kiosk.service")["ExecStart"][0].split(), "cage switches consoles only with -s"
    assert {"NAutoVTs=0", "ReserveVT=0"} <= set(lines_of("logind.conf"))
    assert "CtrlAltDelBurstAction=none" in lines_of("system.conf")
    assert "kernel.sysrq = 0" in lines_of("sysctl.conf")
    assert "PAMName" not in settings_of("kiosk.service"), "a session's processes are not the service's"


def terminal_sections() -> dict[str, dict[str, str]]:
    sections: dict[str, dict[str, str]] = {"": {}}
    name = ""
    for line in lines_of("foot.ini"):
        if line.startswith("["):
            name = line.strip("[]")
            sections[name] = {}
        elif "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            sections[name][key] = value
    return sections


def test_no_key_and_no_button_means_anything_to_the_terminal() -> None:
    sections = terminal_sections()

    for section in ("key-bindings", "search-bindings", "url-bindings", "mouse-bindings"):
        bound = {key for key, value in sections[section].items() if value != "none"}
        assert bound <= {"selection-override-modifiers"}
    # The whole list of foot 1.21, of which those with keys of their own are the way out.
    assert {
        "spawn-terminal", "unicode-input", "show-urls-launch", "search-start", "font-increase", "font-decrease",
        "font-reset", "clipboard-copy", "clipboard-paste", "primary-paste", "scrollback-up-page", "prompt-prev",
        "prompt-next", "scrollback-down-page", "quit", "minimize", "fullscreen",
    } <= sections["key-bindings"].keys()  # fmt: skip


def test_a_finger_that_slips_keeps_its_touch() -> None:
    assert terminal_sections()["touch"]["long-press-delay"] == "0"


def test_the_terminal_takes_its_settings(tmp_path: Path) -> None:
    foot = shutil.which("foot")
    if foot is None:
        pytest.skip("foot is not here")
    version = [int(part) for part in re.findall(r"\d+", run(foot, "--version").stdout)[:2]]
    if version < [1, 21]:
        pytest.skip(f"this foot is {version[0]}.{version[1]}, and the settings are for 1.21, that of Debian 13")
    done = run(foot, "--check-config", f"--config={FILES / 'foot.ini'}")
    assert done.returncode == 0, done.stderr


def test_the_rules_let_the_group_set_the_displays_light_and_nothing_else_of_it() -> None:
    (rule,) = [line for line in lines_of("kiosk.rules") if "backlight" in line and not line.startswith("#")]

    assert rule.count("/sys%p/brightness") == 2
    assert "MODE" not in rule


def test_the_scripts_are_clean() -> None:
    shellcheck = shutil.which("shellcheck")
    if shellcheck is None:
        pytest.skip("shellcheck is not here")
    done = subprocess.run(
        [shellcheck, "-x", *(f"systemd/{path.name}" for path in sorted(FILES.parent.glob("*.sh")))],
        cwd=FILES.parents[1], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
