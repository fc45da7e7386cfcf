"""Languages as a setting: which of them people can choose."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")]
"""A language as gettext names it: "de", or "pt_BR" where the country matters."""


def _each_once(languages: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(languages)) < len(languages):
        raise ValueError("name each language once")
    return languages


Languages = Annotated[tuple[Language, ...], Field(min_length=1, max_length=8), AfterValidator(_each_once)]
"""One to eight, which is what home has room for."""
