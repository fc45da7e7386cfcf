"""One at a time: how a part that several threads write to has each of them wait for the other."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar


class TakesTurns(Protocol):
    """Somebody who lets one in at a time."""

    @property
    def turn(self) -> threading.RLock:
        """Held while anything is written; whoever holds it may take it again."""
        ...


W = TypeVar("W", bound=TakesTurns)
P = ParamSpec("P")
R = TypeVar("R")


def in_turn(write: Callable[Concatenate[W, P], R]) -> Callable[Concatenate[W, P], R]:
    """One write at a time, the change in memory included: the desk and the courier work in different threads."""

    @functools.wraps(write)
    def taking_turns(writer: W, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with writer.turn:
            return write(writer, *args, **kwargs)

    return taking_turns
