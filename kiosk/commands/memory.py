"""How a process that runs for weeks treats its memory.

Python's collections of garbage stop everything. A full one looks at every document of fifty thousand members, and takes
as long as three frames on a PC; and to draw one answer makes so many things that dozens of small ones fall into it. So
what stays is passed over, small ones are rarer, and a full one is made when nobody is at the glass.
"""

from __future__ import annotations

import gc

YOUNG = 150_000
"""New things until Python looks through them by itself: what five visits make, some thirty megabytes."""

MIDDLING = OLD = 10
"""As Python has it: where a queue of people leaves no quiet moment, full collections come by themselves."""


def pass_over_what_stays() -> None:
    """Let collections pass over what is there now: the directory, above all, which stays, and what the screens are made
    of."""
    gc.collect()
    gc.freeze()


def collect_in_quiet_moments() -> None:
    """Collect seldom from now on: `sweep` is called when nobody waits."""
    gc.set_threshold(YOUNG, MIDDLING, OLD)


def tidy() -> None:
    """Collect what is new: the screens that led to an answer, once that is read."""
    gc.collect(1)


def sweep() -> None:
    """Collect all that one visit has left, its old things as well: until the next sweep little is left to look
    through."""
    gc.collect()
