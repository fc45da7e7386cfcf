"""Where logs go: never on standard output or error while a screen is drawn there."""

from __future__ import annotations

import logging
import logging.handlers
import os
from pathlib import Path

_SYSLOG = Path("/dev/log")


def log_quietly(folder: Path) -> None:
    """Log to the system's log, which the journal keeps, or to a small file in the state folder where there is none.

    httpx names addresses with their parameters at INFO, and a PIN can be one of them: it is kept at WARNING.
    """
    os.umask(0o077)  # what the kiosk writes is for its own user
    logging.raiseExceptions = False  # a log that cannot be written must not be told about on the glass
    handler: logging.Handler
    if _SYSLOG.exists():
        handler = logging.handlers.SysLogHandler(str(_SYSLOG))
        handler.setFormatter(logging.Formatter("kiosk: %(name)s: %(message)s"))
    else:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handler = logging.handlers.RotatingFileHandler(folder / "kiosk.log", maxBytes=1_000_000, backupCount=1)
        except OSError:
            return  # the state cannot be there either, and opening it says so
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for name in ("httpx", "httpcore", "uvicorn", "asyncio", "PIL"):
        logging.getLogger(name).setLevel(logging.WARNING)
