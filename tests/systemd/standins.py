"""A device in a folder, and stand-ins for the commands that would change a real one.

The set-up script runs as it is, and what it asks of systemd and of pip is written down instead of done.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]

PYTHON = """#!/bin/sh
# Makes an environment in which the kiosk is a script that answers as the test says.
if [ "$1 $2" = "-m venv" ]; then
    for folder; do :; done
    mkdir -p "$folder/bin" && cp "$STANDINS/environment" "$folder/bin/python"
else
    exec {real} "$@"
fi
"""

ENVIRONMENT = """#!/bin/sh
name=$(basename "$(dirname "$(dirname "$0")")")
echo "$name: $*" >>"$STANDINS/calls"
case "$*" in
*"-m pip"*) exit "$(cat "$STANDINS/pip" 2>/dev/null || echo 0)" ;;
*"-m kiosk check-config"*) exit "$(cat "$STANDINS/check-config-$name" 2>/dev/null || echo 0)" ;;
*"-m kiosk doctor"*) echo "doctor of $name"; exit "$(cat "$STANDINS/doctor-$name" 2>/dev/null || echo 0)" ;;
-c*) echo 3.13 ;;
esac
"""

SYSTEMCTL = """#!/bin/sh
# A service manager whose kiosk opens where the file "opens" names the version that is current.
echo "systemctl $*" >>"$STANDINS/calls"
root=$STANDINS/root
case "$*" in
*is-enabled*) for unit; do :; done; test -e "$root/etc/enabled-$unit" ;;
*disable*) for unit; do :; done; rm -f "$root/etc/enabled-$unit" ;;
*enable*) for unit; do :; done; : >"$root/etc/enabled-$unit" ;;
*get-default*) cat "$root/etc/default-target" ;;
*set-default*) for target; do :; done; echo "$target" >"$root/etc/default-target" ;;
"stop kiosk.service") rm -f "$STANDINS/started" ;;
"start --no-block kiosk.service") : >"$STANDINS/started" ;;
*is-active*) test -e "$STANDINS/started" && grep -qx "$(readlink "$root/opt/kiosk/current")" "$STANDINS/opens" ;;
esac
"""

SILENT = '#!/bin/sh\necho "$(basename "$0") $*" >>"$STANDINS/calls"\n'

RUNUSER = '#!/bin/sh\necho "runuser $*" >>"$STANDINS/calls"\nshift 3\nexec "$@"\n'


class Device:
    """A machine with Debian 13 on which nothing of the kiosk is yet, and a checkout of the kiosk."""

    def __init__(self, folder: Path, like: Device | None = None) -> None:
        """In an empty folder; as `like` is now, if that is given."""
        self.folder = folder
        self.root = folder / "root"
        self.checkout = folder / "checkout"
        if like is not None:
            shutil.copytree(like.folder, folder, symlinks=True, dirs_exist_ok=True)
            return
        (self.root / "run/systemd/system").mkdir(parents=True)
        (self.root / "etc").mkdir()
        (self.root / "etc/os-release").write_text('ID=debian\nVERSION_ID="13"\n')
        (self.root / "etc/default-target").write_text("multi-user.target\n")
        (folder / "opens").touch()
        self._check_out()
        self._commands()

    def _check_out(self) -> None:
        shutil.copytree(CHECKOUT / "systemd", self.checkout / "systemd")
        (self.checkout / "kiosk").mkdir()
        for name in ("kiosk/__init__.py", "pyproject.toml", "requirements.lock", "README.md", "LICENSE"):
            shutil.copy(CHECKOUT / name, self.checkout / name)

    def _commands(self) -> None:
        commands = self.folder / "bin"
        commands.mkdir()
        silent = ("systemd-sysusers", "systemd-tmpfiles", "udevadm", "sysctl", "sleep", "apt-get")
        scripts = {
            commands / "python3": PYTHON.format(real=sys.executable),
            commands / "systemctl": SYSTEMCTL,
            commands / "runuser": RUNUSER,
            self.folder / "environment": ENVIRONMENT,
            **{commands / name: SILENT for name in silent},
        }
        for path, text in scripts.items():
            path.write_text(text)
            path.chmod(0o755)

    def give(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`sh systemd/setup.sh` with these arguments, and this device in place of the machine."""
        environment = {
            **os.environ,
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "STANDINS": str(self.folder),
        }
        command = ["sh", str(self.checkout / "systemd/setup.sh"), *arguments, "--root", str(self.root)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)

    def install(self) -> str:
        """Install what is checked out, and let it run; answers the name of the version."""
        done = self.give("install")
        assert done.returncode == 0, done.stderr
        (self.folder / "started").touch()
        self.opens(self.current)
        return self.current

    def change(self, version: str) -> str:
        """Check out another version; answers the name that it will be installed under."""
        file = self.checkout / "kiosk/__init__.py"
        file.write_text(f'__version__ = "{version}"\n')
        told = self.give("update", "--dry-run").stderr
        return told.partition("would make /opt/kiosk/")[2].split()[0]

    def opens(self, name: str) -> None:
        """This version brings its home screen to the glass when it is started."""
        with (self.folder / "opens").open("a") as file:
            file.write(f"{name}\n")

    def answers(self, command: str, status: int) -> None:
        """What a command of the kiosk, or pip, ends with."""
        (self.folder / command).write_text(f"{status}\n")

    @property
    def current(self) -> str:
        """The version that runs, or would."""
        return os.readlink(self.root / "opt/kiosk/current")

    @property
    def versions(self) -> set[str]:
        """Those that are there whole or in part."""
        return {path.name for path in (self.root / "opt/kiosk").iterdir() if path.is_dir() and not path.is_symlink()}

    def calls(self) -> list[str]:
        """What was asked of other commands since the last time."""
        file = self.folder / "calls"
        lines = file.read_text().splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return lines

    def contents(self) -> dict[str, object]:
        """Everything on the device: of a file what it holds, its mode and when it was written; of a link where to."""
        found: dict[str, object] = {}
        for path in sorted(self.root.rglob("*")):
            name = str(path.relative_to(self.root))
            if path.is_symlink():
                found[name] = os.readlink(path)
            elif path.is_file():
                status = path.stat()
                found[name] = (hashlib.sha256(path.read_bytes()).hexdigest(), status.st_mode, status.st_mtime_ns)
            else:
                found[name] = path.stat().st_mode
        return found
