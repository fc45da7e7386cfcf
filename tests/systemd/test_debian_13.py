"""The installation for real, in a Debian 13 that is made from nothing: some minutes, root and a mirror are needed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
MIRROR = "http://deb.debian.org/debian"
PACKAGES = "systemd,systemd-sysv,udev,ca-certificates,libpam-systemd,dbus"

MADE = """
cd / && for folder in etc opt/kiosk usr/local var/lib/kiosk; do
    find $folder -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
    find $folder -print0 | LC_ALL=C sort -z | xargs -0 stat -c '%n %a %u %g %Y %N'
done
"""
"""Everything that an installation may make, by content, rights, owner, time and target."""


class Debian:
    """A Debian 13 in a folder."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "debian"

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command in it, as root."""
        environment = {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}
        return subprocess.run(
            ["chroot", str(self.root), *command],
            env=environment,
            capture_output=True,
            text=True,
            timeout=1200,
            check=False,
        )

    def make(self) -> None:
        """From the mirror; skips where that cannot be."""
        bootstrap = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", "trixie", str(self.root), MIRROR]
        done = subprocess.run(bootstrap, capture_output=True, text=True, timeout=1800, check=False)
        if done.returncode != 0:
            pytest.skip(f"debootstrap cannot make a Debian 13 here: {done.stdout.strip().splitlines()[-1:]}")
        for path in ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt"):  # the same network, the same trust
            shutil.copy(path, self.root / path[1:])
        subprocess.run(["mount", "-t", "proc", "proc", self.root / "proc"], check=True)
        ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache")
        shutil.copytree(CHECKOUT, self.root / "src", ignore=ignored)

    def end(self) -> None:
        """Let go of what was mounted."""
        subprocess.run(["umount", self.root / "proc"], capture_output=True, check=False)


@pytest.fixture
def debian(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Debian]:
    if not request.config.getoption("--long"):
        pytest.skip("it takes minutes: --long")
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        pytest.skip("debootstrap, and root to use it, are needed for a Debian 13 of its own")
    debian = Debian(tmp_path)
    debian.make()
    yield debian
    debian.end()


def test_from_nothing_to_a_kiosk_and_a_second_run_changes_nothing(debian: Debian) -> None:
    first = debian.run("sh", "/src/systemd/setup.sh", "install")
    assert first.returncode == 0, first.stderr
    made = debian.run("sh", "-c", MADE).stdout
    second = debian.run("sh", "/src/systemd/setup.sh", "install")
    assert second.returncode == 0, second.stderr
    assert debian.run("sh", "-c", MADE).stdout == made

    verified = debian.run("systemd-analyze", "verify", "/etc/systemd/system/kiosk.service")
    assert (verified.returncode, verified.stderr) == (0, "")
    checked = debian.run("foot", "--check-config", "--config=/opt/kiosk/current/systemd/files/foot.ini")
    assert checked.returncode == 0, checked.stderr
    assert debian.run("kiosk", "check-config", "/etc/kiosk/kiosk.toml").returncode == 0
    doctor = debian.run("kiosk", "doctor")
    assert doctor.returncode == 1, doctor.stderr
    assert "Run 'kiosk setup'" in doctor.stdout, "what is wrong is that nobody has signed in yet"
