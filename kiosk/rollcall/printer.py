"""Printers: CUPS, which every Linux has or can have, and a folder that stands for one."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from kiosk.desk.alarm import NotPrinted

SECONDS = 20.0
"""How long `lp` may take to hand a page over. It waits for a print server that does not answer."""


class LpPrinter:
    """Fulfils `Printer` with the `lp` of CUPS. What it takes is in the spool, and survives a printer that is off.

    Args:
        queue: A queue of CUPS; empty for its default.
        program: The `lp` to run.
    """

    def __init__(self, queue: str = "", program: str = "lp") -> None:
        self._queue = queue
        self._program = program

    @property
    def name(self) -> str:
        """The queue, in words."""
        return self._queue or "the default printer"

    def print(self, text: str, title: str) -> None:
        """Hand a text over to the spool. Raises NotPrinted."""
        program = shutil.which(self._program)
        if program is None:
            raise NotPrinted("There is no 'lp' here. Install cups-client (and cups, with a printer) to print.")
        queue = ["-d", self._queue] if self._queue else []
        command = [program, *queue, "-t", title, "-o", "document-format=text/plain", "-"]
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}  # lp tells CUPS the text's encoding by the locale's
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program; the text goes in by standard input
                command, input=text.encode("utf-8", "replace"), capture_output=True, timeout=SECONDS, env=environment,
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise NotPrinted(f"CUPS did not take the page within {SECONDS:.0f} seconds. Is it running?") from None
        except OSError as error:
            raise NotPrinted(f"'lp' cannot be run: {error.strerror}.") from error
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            reason = said[-1].removeprefix("lp: ").rstrip(".") if said else f"status {done.returncode}"
            raise NotPrinted(f"{self.name} did not take it: {reason}. 'lpstat -p -d' shows the printers.")


class FolderPrinter:
    """Fulfils `Printer` without one: each page is a file, numbered in the order of printing.

    Args:
        folder: Where they go; it is made with the first.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        """The folder."""
        return str(self._folder)

    def print(self, text: str, title: str) -> None:
        """Write a page. Raises NotPrinted."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            number = len(list(self._folder.glob("page-*.txt"))) + 1
            (self._folder / f"page-{number}.txt").write_text(text, "utf-8")
        except OSError as error:
            raise NotPrinted(f"{self._folder} takes no page: {error.strerror}.") from error


def choose_printer(spec: str) -> LpPrinter | FolderPrinter:
    """The printer that a setting names: a queue of CUPS, empty for its default, or `folder:PATH`."""
    if spec.startswith("folder:"):
        return FolderPrinter(Path(spec.removeprefix("folder:")).expanduser())
    return LpPrinter(spec)
