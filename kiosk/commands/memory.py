"""How a process that runs for weeks treats its memory."""

from __future__ import annotations

import gc


def pass_over_what_stays() -> None:
    """Let Python's collections of garbage pass over what is there now: the directory, above all, which stays.

    A full collection looks at every document of fifty thousand members; it takes as long as three frames on a PC, and
    as long nothing is answered.
    """
    gc.collect()
    gc.freeze()
