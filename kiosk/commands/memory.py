"""How a process that runs for weeks treats its memory."""

from __future__ import annotations

import gc


def pass_over_what_stays() -> None:
    """Let Python's collections of garbage pass over what is there now: the directory, above all, which stays, and what
    the screens are made of.

    A full collection looks at every document of fifty thousand members; it takes as long as three frames on a PC, and
    as long nothing is answered. To draw an answer makes so much garbage that one falls into every other.
    """
    gc.collect()
    gc.freeze()
