"""The picture files that a list of files and folders names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from PIL import Image


def picture_files(named: Iterable[Path]) -> Iterator[Path]:
    """Yield the files named, and of each folder the picture files within it and its folders, in the order of names.

    A file is taken for what it is named as; in a folder only what has the suffix of a picture counts, and what is
    hidden does not. A folder without pictures, or one that may not be read, is yielded itself: whoever opens it then
    says why it is none. Links to folders are not followed, since they may lead in circles.
    """
    for path in named:
        if path.is_dir():
            within = False
            for file in _pictures_in(path):
                within = True
                yield file
            if not within:
                yield path
        else:
            yield path


def _pictures_in(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _pictures_in(entry)
        elif os.path.splitext(entry.name)[1].lower() in _suffixes():
            yield entry


@cache
def _suffixes() -> frozenset[str]:
    """Of all pictures that can be read here, in lower case."""
    known = Image.registered_extensions()
    return frozenset(suffix for suffix, kind in known.items() if kind in Image.OPEN)
