"""The set-up script on a device in a folder: what it makes, what it leaves alone, and how it goes back."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from tests.systemd.standins import Device


@pytest.fixture
def device(tmp_path: Path) -> Device:
    """One on which nothing of the kiosk is."""
    return Device(tmp_path)


@pytest.fixture(scope="module")
def open_kiosk(tmp_path_factory: pytest.TempPathFactory) -> Device:
    """One that is installed and runs; for copies."""
    device = Device(tmp_path_factory.mktemp("device"))
    device.install()
    return device


@pytest.fixture
def installed(tmp_path: Path, open_kiosk: Device) -> Device:
    """One of its own that is installed and runs."""
    return Device(tmp_path, like=open_kiosk)


def test_a_second_installation_changes_nothing_at_all(installed: Device) -> None:
    before = installed.contents()
    again = installed.give("install")

    assert again.returncode == 0, again.stderr
    assert installed.contents() == before
    assert again.stderr.startswith(("\nThe kiosk", "Packages")), "no step was needed, so none is told"


def test_an_installation_puts_everything_in_its_place_and_says_what_comes_next(device: Device) -> None:
    done = device.give("install")

    root = device.root
    assert done.returncode == 0, done.stderr
    assert f"The kiosk {device.current} is installed." in done.stderr
    assert "sudo kiosk setup" in done.stderr
    assert (root / "opt/kiosk/current/systemd/terminal.sh").is_file()
    assert (root / "etc/systemd/system/kiosk.service").is_file()
    assert (root / "etc/systemd/system/ctrl-alt-del.target").readlink() == Path("/dev/null")
    assert (root / "etc/systemd/system/autovt@.service").readlink() == Path("/dev/null")
    assert (root / "etc/default-target").read_text() == "graphical.target\n"
    assert {path.name for path in (root / "etc").glob("enabled-*")} == {
        "enabled-kiosk.service",
        "enabled-kiosk-restart.timer",
    }
    assert "encryption = true" in (root / "etc/kiosk/kiosk.toml").read_text()


def test_the_devices_key_is_made_once_and_for_nobody_else(installed: Device) -> None:
    key = installed.root / "etc/kiosk/nexudus-kiosk/pin.key"
    made = key.read_text()
    installed.give("install")

    assert re.fullmatch(r"[0-9a-f]{64}", made)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_text() == made


def test_settings_that_are_there_are_never_overwritten(device: Device) -> None:
    settings = device.root / "etc/kiosk/kiosk.toml"
    settings.parent.mkdir()
    settings.write_text("[screen]\nidle_seconds = 45\n")
    device.install()
    device.opens(device.change("0.2.0"))
    device.give("update")

    assert settings.read_text() == "[screen]\nidle_seconds = 45\n"


def test_a_dry_run_of_an_installation_tells_every_step_and_does_none(device: Device) -> None:
    before = device.contents()
    told = device.give("install", "--dry-run")

    assert told.returncode == 0, told.stderr
    for step in ("/opt/kiosk/", "kiosk.service", "the user kiosk", "pin.key", "kiosk.toml", "ctrl-alt-del.target"):
        assert re.search(f"would .*{re.escape(step)}", told.stderr)
    assert device.contents() == before


@pytest.mark.parametrize("command", ["update", "uninstall"])
def test_a_dry_run_beside_a_kiosk_leaves_it_as_it_is(installed: Device, command: str) -> None:
    installed.change("0.2.0")
    before = installed.contents()
    told = installed.give(command, "--dry-run")

    assert told.returncode == 0, told.stderr
    assert "would" in told.stderr.lower()
    assert installed.contents() == before


def test_a_file_of_the_system_that_somebody_changed_is_put_right(installed: Device) -> None:
    unit = installed.root / "etc/systemd/system/kiosk.service"
    unit.write_text("[Service]\nExecStart=/bin/sh\n")
    installed.give("install")

    assert "cage" in unit.read_text()


def test_an_installation_that_was_cut_off_is_made_anew(device: Device) -> None:
    device.answers("pip", 1)
    assert device.give("install").returncode == 1
    (cut,) = device.versions
    left_over = device.root / "opt/kiosk" / cut / "half"
    left_over.touch()
    device.answers("pip", 0)

    assert device.install() == cut
    assert not left_over.exists()


def test_debian_12_is_refused_before_anything_is_done(device: Device) -> None:
    (device.root / "etc/os-release").write_text('VERSION_ID="12"\n')
    before = device.contents()
    done = device.give("install")

    assert done.returncode == 1
    assert "Debian 13" in done.stderr
    assert device.contents() == before


def test_uninstalling_leaves_the_records_and_the_settings_and_nothing_else(device: Device) -> None:
    before = set(device.contents())
    device.install()
    record = device.root / "var/lib/kiosk/record"
    record.parent.mkdir(parents=True)
    record.touch()
    done = device.give("uninstall")

    assert done.returncode == 0, done.stderr
    assert not list((device.root / "etc").glob("enabled-*"))
    left = {name for name, what in device.contents().items() if isinstance(what, (str, tuple))} - before
    assert left == {"etc/kiosk/kiosk.toml", "etc/kiosk/nexudus-kiosk/pin.key", "var/lib/kiosk/record"}
    assert (device.root / "etc/default-target").read_text() == "multi-user.target\n"
    assert "/var/lib/kiosk" in done.stderr


def test_what_was_never_installed_can_be_uninstalled_and_not_updated(device: Device) -> None:
    assert device.give("uninstall").returncode == 0
    done = device.give("update")
    assert done.returncode == 1
    assert "No kiosk is installed here" in done.stderr


def test_an_update_is_installed_beside_examined_and_taken_when_home_is_on_the_glass(installed: Device) -> None:
    old = installed.current
    new = installed.change("0.2.0")
    installed.opens(new)
    installed.calls()
    done = installed.give("update")

    assert done.returncode == 0, done.stderr
    assert installed.current == new
    assert installed.versions == {old, new}
    assert done.stderr.endswith(f"\n{new} is open.\n")

    wanted = (f"{new}: -P -m kiosk doctor", "systemctl stop kiosk.service", "systemctl start --no-block kiosk.service")
    assert tuple(call for call in installed.calls() if call in wanted) == wanted


def test_an_update_that_does_not_open_is_taken_back_with_its_units_and_the_old_one_opens(installed: Device) -> None:
    old = installed.current
    unit = installed.root / "etc/systemd/system/kiosk.service"
    units_before = unit.read_bytes()
    installed.change("0.2.0")
    with (installed.checkout / "systemd/files/kiosk.service").open("a") as file:
        file.write("# of another version\n")
    installed.calls()
    done = installed.give("update")

    assert done.returncode == 1
    assert f"Going back to {old}" in done.stderr
    assert f"{old} is open again" in done.stderr
    assert installed.current == old
    assert unit.read_bytes() == units_before
    calls = installed.calls()
    assert calls.count("systemctl start --no-block kiosk.service") == 2
    assert calls.count("sleep 2") == 30, "the new one had its minute, the old one was open at once"


def test_an_update_whose_doctor_finds_something_new_is_not_taken(installed: Device) -> None:
    old = installed.current
    new = installed.change("0.2.0")
    installed.opens(new)
    installed.answers(f"doctor-{new}", 1)
    installed.calls()
    done = installed.give("update")

    assert done.returncode == 1
    assert f"doctor of {new}" in done.stderr
    assert f"{old} stays. Nothing has changed." in done.stderr
    assert installed.current == old
    assert "systemctl stop kiosk.service" not in installed.calls(), "whoever stood there noticed nothing"

    installed.answers(f"doctor-{old}", 1)
    assert installed.give("update").returncode == 0, "what was wrong before is no reason to keep the old one"
    assert installed.current == new


def test_an_update_that_refuses_this_devices_settings_is_not_taken(installed: Device) -> None:
    old = installed.current
    new = installed.change("0.2.0")
    installed.answers(f"check-config-{new}", 1)
    done = installed.give("update")

    assert done.returncode == 1
    assert "does not take this device's settings" in done.stderr
    assert installed.current == old


def test_older_versions_than_the_last_are_cleared_away(installed: Device) -> None:
    names = [installed.current]
    (installed.folder / "started").unlink()  # nobody waits for a kiosk that was not open
    for version in ("0.2.0", "0.3.0"):
        installed.change(version)
        assert installed.give("update").returncode == 0
        names.append(installed.current)

    assert installed.versions == set(names[1:])


def test_an_update_to_what_is_there_does_nothing(installed: Device) -> None:
    before = installed.contents()
    done = installed.give("update")

    assert done.returncode == 0
    assert "nothing is to be done" in done.stderr
    assert installed.contents() == before
