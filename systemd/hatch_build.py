"""What the build does besides packing: it compiles the catalogues of the languages."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogues(BuildHookInterface):
    """Also for an installation that follows the checkout: a running kiosk reads nothing but compiled catalogues."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write each `kiosk.mo` beside its `kiosk.po`."""
        sys.path.insert(0, self.root)
        from kiosk.i18n.catalogues import compile_all

        compile_all()
