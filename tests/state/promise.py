"""What a store promises over all cuts of the power, as a plain dict that is written beside it.

After any end the store holds what was acknowledged, whole, and beyond it at most one transaction, whole, of those that
were tried since the last acknowledged one: the one in flight, or one that the disk had refused. No store can promise
less: a disk that reports an error has perhaps written nevertheless. Once a store has been opened, that is settled, and
what was found is as good as acknowledged; where the disk would not let it begin, once the disk has taken anything. A
number that any document had is never given again.
"""

from __future__ import annotations

from kiosk.state.database import Database
from kiosk.state.snapshot import Doc

Tables = dict[str, dict[int, Doc]]


def held_by(database: Database) -> Tables:
    """All that a database holds."""
    return {name: {doc.doc_id: dict(doc) for doc in database.table(name)} for name in sorted(database.tables())}


def copy_of(tables: Tables) -> Tables:
    """The same, to be changed."""
    return {name: dict(docs) for name, docs in tables.items()}


class Promise:
    """What a store must hold.

    Attributes:
        acknowledged: What it holds at least.
        shown: What the store that is open shows. It is acknowledged, unless the disk would not let that store begin.
        tried: What it would hold with one of the transactions tried since.
        highest: The highest number that a document of a table has had.
    """

    def __init__(self) -> None:
        self.acknowledged: Tables = {}
        self.shown: Tables = {}
        self.tried: list[Tables] = []
        self.highest: dict[str, int] = {}

    def allows(self, found: Tables) -> bool:
        """Whether a store may hold this after its process has ended."""
        return found == self.acknowledged or found in self.tried

    def show(self, found: Tables) -> None:
        """A store shows this, and the disk has not let it begin."""
        self.shown = found

    def settle(self, found: Tables) -> None:
        """It holds this, for good."""
        self.acknowledged = self.shown = found
        self.tried = []
        for name, docs in found.items():
            self.highest[name] = max(self.highest.get(name, 0), max(docs, default=0))
