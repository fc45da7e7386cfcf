"""The fields that a location has added to its members, in whichever form Nexudus writes them (see `assumptions`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator

from kiosk.text import SENTENCE_LENGTH, clean

MOST_FIELDS = 100
LONGEST_TEXT = 20_000
"""Characters of such fields as JSON text that are looked at."""


def read_custom_fields(value: object) -> dict[str, str]:
    """Names in small letters and what stands there as text; empty for whatever is of no known form."""
    if isinstance(value, str):
        try:
            value = json.loads(value) if len(value) <= LONGEST_TEXT else None
        except (ValueError, RecursionError):
            return {}
    if isinstance(value, Mapping) and isinstance(value.get("Data"), list | Mapping):
        value = value["Data"]
    if isinstance(value, Mapping):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = [(one.get("Name"), one.get("Value")) for one in value if isinstance(one, Mapping)]
    else:
        return {}
    return {
        clean(name).casefold(): clean(str(text), SENTENCE_LENGTH)
        for name, text in pairs[:MOST_FIELDS]
        if isinstance(name, str) and isinstance(text, str | int) and not isinstance(text, bool)
    }


CustomFields = Annotated[dict[str, str], BeforeValidator(read_custom_fields)]
"""A pydantic field for them."""
