"""The engine with one fault each, of the kinds that a later change may bring in: what the power-cut histories must see.

A mutant is one function in which one passage of its text is replaced. A passage that is no longer there fails its test,
so that no mutant outlives what it was made of.

Left out, since no power cut can tell them from the engine as it is:

* a snapshot whose CRC is not checked: it has its name only when it has been flushed, so that only a medium that goes
  bad shows the difference, which `test_database.py` tests;
* one generation kept instead of two: the older one is there for a medium that goes bad;
* zeros not laid down beforehand: then each frame changes the length of its file too, which its flush takes along. That
  is slow, and safe; so are zeros that are not flushed by themselves;
* a refused frame that is not wiped: a store may hold it after a cut in any case.

And two that are too rare for a few histories: a spare that is recycled before its own name is on the medium, which
`test_engine_ends.py` tests, and a start that does not sweep: what is left takes room, and matters only where it is in
the clear and the next start seals.
"""

from __future__ import annotations

import inspect
import textwrap
from dataclasses import dataclass
from typing import Any

import pytest

from kiosk.state import frame, recovery
from kiosk.state.engine import Engine
from kiosk.state.journal import Journal
from kiosk.state.journal_storage import JournalStorage


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault.

    Attributes:
        owner: The class or module of the function.
        function: Its name.
        old: A passage of it, as it stands there but for the indentation of the function itself.
        new: What takes its place.
        variant: The name of the variant of histories in which it shows.
    """

    owner: Any
    function: str
    old: str
    new: str
    variant: str = "clear"

    def take_effect(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put the function with the fault in the place of the sound one."""
        sound = getattr(self.owner, self.function)
        text = textwrap.dedent(inspect.getsource(sound))
        assert text.count(self.old) == 1, f"{self.function} has changed: {self.old!r} is there {text.count(self.old)}x"
        made: dict[str, Any] = {}
        exec(text.replace(self.old, self.new), sound.__globals__, made)
        monkeypatch.setattr(self.owner, self.function, made[self.function])


_FLUSH = "self._disk.flush(self._file)"
_FLUSHED = "self._disk.write(self._file, frame, self.end)\n        self._disk.flush(self._file)"
_COMMITTED = "self._engine.commit(payload_of(changes), lambda: self._content_with(changes))"
_ENDED = "            self._abandon()\n            raise self._refusal(error) from error\n        self._sequence"

MUTANTS = {
    "a frame is not flushed": Mutant(Journal, "append", _FLUSH, "pass"),
    "a frame is flushed only before the next one": Mutant(
        Journal,
        "append",
        _FLUSHED,
        "self._disk.flush(self._file)\n        self._disk.write(self._file, frame, self.end)",
    ),
    "a flush that failed is tried again on the same file": Mutant(
        Journal,
        "append",
        _FLUSH,
        f"try:\n            {_FLUSH}\n        except OSError:\n            {_FLUSH}",
        "refusing",
    ),
    "a refused frame is acknowledged": Mutant(Journal, "append", "        raise\n", "        pass\n", "refusing"),
    "a journal that refused a frame is gone on with": Mutant(
        Engine, "commit", "self._abandon()\n", "pass\n", "everything"
    ),
    "the CRC of a frame is not checked": Mutant(frame, "_frame_at", "!= crc:", "!= crc and not raw:"),
    "a frame may be of any generation": Mutant(frame, "_frame_at", "of_generation != generation or ", ""),
    "a frame shares its page with the next one": Mutant(frame, "encode", "% PAGE)", "% 512)", "garbage"),
    "every frame stands, whatever was begun after it": Mutant(
        recovery, "_standing", "limit is None or one.sequence < limit", "True", "everything"
    ),
    "a number is not remembered once its document is gone": Mutant(
        recovery,
        "replay",
        "last_ids[name] = max(last_ids.get(name, 0), number)",
        "last_ids[name] = max(docs, default=0)",
    ),
    "a transaction over two tables is two frames": Mutant(
        JournalStorage,
        "_commit",
        _COMMITTED,
        "[self._engine.commit(payload_of({name: changes[name]}), self._content) for name in changes]",
    ),
    "memory changes before the disk": Mutant(
        JournalStorage,
        "_commit",
        _COMMITTED,
        "for name, one in changes.items():\n"
        "        self._tables[name] = self._tables.get(name, TableData({})).after(one)\n"
        f"    {_COMMITTED}",
        "refusing",
    ),
    "the name of a journal is not flushed": Mutant(
        Journal, "__init__", "disk.rename(made, path)\n            disk.flush_folder(folder)", "disk.rename(made, path)"
    ),
    "the name of a snapshot is not flushed": Mutant(
        Engine, "_write_snapshot", "self._disk.flush_folder(self._folder)", "pass"
    ),
    "a snapshot is not flushed before it has its name": Mutant(
        Engine, "_write_snapshot", "self._disk.flush(file)", "pass"
    ),
    "a snapshot is written under its own name": Mutant(
        Engine, "_write_snapshot", "path.with_name(path.name + UNFINISHED)", "path"
    ),
    "the old generations go before the new snapshot is there": Mutant(
        Engine,
        "_compact",
        "old.close()\n",
        "old.close()\n    self._snapshots = [generation]\n    self._drop_old()\n",
    ),
    "the journals that a snapshot carries on from are not kept": Mutant(
        Engine, "_drop_old", "self._older_than(self._snapshots[0])", "self._older_than(self._generation + 1)"
    ),
    "a snapshot of a huge transaction has the number of the one before": Mutant(
        Engine, "commit", "self._sequence + 1))", "self._sequence))"
    ),
    "a snapshot beside a refused commit passes for its end": Mutant(
        Engine, "_compact", "self._begin_anew(self._content())", "pass", "everything"
    ),
    "a start does not write the last frame anew": Mutant(
        Engine, "begin", "self._carry_over(self._journal)", "pass", "refusing"
    ),
    "a start that found a snapshot alone settles nothing": Mutant(
        Engine, "_carry_over", "journal.append(", "self._last is None or journal.append(", "refusing"
    ),
    "an erasing snapshot leaves the spare": Mutant(Engine, "_compact_and_erase", "[*journals, SPARE]", "journals"),
    "an erasing snapshot goes on in an old journal": Mutant(
        Engine, "_compact_and_erase", "self._recycles = False", "pass"
    ),
}
"""By what is wrong."""
