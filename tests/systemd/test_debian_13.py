"""The installation for real, in a Debian 13 that is made from nothing: some minutes, root and a mirror are needed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.manager import Manager

CHECKOUT = Path(__file__).parents[2]
MIRROR = "http://deb.debian.org/debian"
PACKAGES = "systemd,systemd-sysv,udev,ca-certificates,libpam-systemd,dbus"

MOUNTED = {"proc": "proc", "devpts": "dev/pts", "tmpfs": "dev/shm"}
OPTIONS = {"devpts": ("-o", "newinstance,ptmxmode=0666"), "tmpfs": ("-o", "mode=1777")}
"""What programs find in a machine that runs."""

HEADLESS = """
cd / && mkdir -p /run/kiosk /run/display && chown kiosk /run/kiosk /run/display && chmod 700 /run/display
exec runuser -u kiosk -- env STATE_DIRECTORY=/var/lib/kiosk CONFIGURATION_DIRECTORY=/etc/kiosk \\
    RUNTIME_DIRECTORY=/run/kiosk NOTIFY_SOCKET=/run/heard/notify XDG_RUNTIME_DIR=/run/display LIBSEAT_BACKEND=noop \\
    WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman \\
    cage -d -m last -- /opt/kiosk/current/systemd/terminal.sh
"""
"""The command of kiosk.service, with a display that nobody sees."""

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
            env=environment, capture_output=True, text=True, timeout=1200, check=False,
        )  # fmt: skip

    def make(self) -> None:
        """From the mirror; skips where that cannot be."""
        bootstrap = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", "trixie", str(self.root), MIRROR]
        done = subprocess.run(bootstrap, capture_output=True, text=True, timeout=1800, check=False)
        if done.returncode != 0:
            pytest.skip(f"debootstrap cannot make a Debian 13 here: {done.stdout.strip().splitlines()[-1:]}")
        for path in ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt"):  # the same network, the same trust
            shutil.copy(path, self.root / path[1:])
        # Its own, so that nothing of the host's lies in a folder that is cleared away.
        for kind, place in MOUNTED.items():
            (self.root / place).mkdir(exist_ok=True)
            subprocess.run(["mount", "-t", kind, *OPTIONS.get(kind, ()), kind, self.root / place], check=True)
        (self.root / "dev/ptmx").unlink(missing_ok=True)
        (self.root / "dev/ptmx").symlink_to("pts/ptmx")
        ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache")
        shutil.copytree(CHECKOUT, self.root / "src", ignore=ignored)

    def end(self) -> None:
        """Let go of what was mounted."""
        for place in MOUNTED.values():
            subprocess.run(["umount", "-l", self.root / place], capture_output=True, check=False)


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Debian]:
    if not request.config.getoption("--long"):
        pytest.skip("it takes minutes: --long")
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        pytest.skip("debootstrap, and root to use it, are needed for a Debian 13 of its own")
    debian = Debian(tmp_path_factory.mktemp("debian"))
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


def test_cage_foot_and_the_kiosk_bring_a_picture_to_the_glass_and_the_kiosks_status_to_systemd(debian: Debian) -> None:
    assert debian.run("sh", "/src/systemd/setup.sh", "install").returncode == 0
    folder = debian.root / "run/heard"
    folder.mkdir()
    folder.chmod(0o777)
    manager = Manager(folder)
    Path(manager.address).chmod(0o777)
    session = subprocess.Popen(["chroot", str(debian.root), "sh", "-c", HEADLESS], stderr=subprocess.DEVNULL)
    try:
        assert manager.waits_for_status("waits to be set up", 60), "nobody has, and the glass shows how"
        assert manager.waits_for("WATCHDOG=1", 60), "whoever sets it up may take their time"
        assert session.poll() is None
        session.terminate()
        session.wait(60)
    finally:
        session.kill()
        session.wait()
        manager.close()
