from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.state.restartable import Restartable


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Restartable]:
    """A kiosk's state in a folder of its own."""
    restartable = Restartable(tmp_path / "state")
    yield restartable
    restartable.store.close()
