"""One file for whoever helps from afar, in which nobody is named."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from pathlib import Path

from kiosk.commands.support_bundle import redacted, versions, write
from kiosk.sandbox.entities import COWORKERS, VISITORS
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.world import World
from tests.commands.shell import RunningLine, Shell, pin_of


def parts_of(file: Path) -> dict[str, str]:
    with tarfile.open(file) as archive:
        read = {entry.name: archive.extractfile(entry) for entry in archive}
        return {name.removeprefix("kiosk-support/"): part.read().decode() for name, part in read.items() if part}


def test_a_bundle_of_a_running_kiosk_has_its_parts_and_names_nobody(
    shell: Shell, line: RunningLine, world: World, tmp_path: Path
) -> None:
    line.say(f"pin {pin_of(world, 'Zoë Lindqvist')}")
    file = tmp_path / "bundle.tar.gz"
    done = shell.run("support-bundle", *shell.here[2:], "--output", str(file))
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    parts = parts_of(file)
    assert set(parts) == {"versions.json", "settings.json", "doctor.json", "status.json", "log.txt"}
    assert {one["subject"] for one in json.loads(parts["doctor.json"])} >= {"device", "state", "kiosk", "camera"}
    assert json.loads(parts["status.json"])["report"]["process"] == line.process.pid
    everything = "\n".join(parts.values())
    for row in (*world.rows(COWORKERS), *world.rows(VISITORS)):
        assert row.text("FullName") not in everything
        assert not row.text("AccessPincode") or f'"{row.text("AccessPincode")}"' not in everything
    assert SIGN_IN.password not in everything


def test_what_is_secret_in_the_settings_is_not_told() -> None:
    told = redacted(
        {
            "state": {"key_file": "/var/lib/kiosk/pin.key", "retention_days": 30},
            "nexudus": {"url": "https://somebody:hunter2@spaces.example/api"},
            "beacon": {"uuid": "f7826da6-4fa2-4e98-8024-bc5b71e0893e"},
        }
    )
    assert told["state"] == {"key_file": "(not told)", "retention_days": 30}
    assert told["nexudus"] == {"url": "https://(not told)@spaces.example/api"}
    assert told["beacon"] == {"uuid": "(not told)"}


def test_the_versions_name_the_kiosk_and_its_packages() -> None:
    told = versions()
    packages = told["packages"]
    assert isinstance(packages, dict)
    assert {"textual", "httpx", "pydantic"} <= set(packages)


def test_a_part_that_cannot_be_had_costs_no_other(tmp_path: Path) -> None:
    file = tmp_path / "bundle.tar.gz"
    write(file, iter([("one.txt", b"1"), ("two.txt", b"")]))
    assert parts_of(file) == {"one.txt": "1", "two.txt": ""}
    assert io.BytesIO(file.read_bytes()).read(2) == b"\x1f\x8b"
