"""Faults for the log: where and of what kind, without messages or local variables, which may hold what people typed."""

from __future__ import annotations

import traceback


def traces(error: BaseException) -> str:
    """One line: the kind of the fault and the places it passed through, the innermost last; of a group, its members."""
    if isinstance(error, BaseExceptionGroup):
        return f"{type(error).__name__}[{'; '.join(traces(one) for one in error.exceptions)}]"
    frames = traceback.extract_tb(error.__traceback__)
    places = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__name__} at {places or 'an unknown place'}"
