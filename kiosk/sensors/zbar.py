"""QR codes through libzbar: slower, but it reads worn, glaring and crowded codes that the other decoder misses."""

from __future__ import annotations

import ctypes
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kiosk.sensors.symbol import Symbol

_GREY = int.from_bytes(b"Y800", "little")  # the picture's format: one byte a pixel
_EVERY_KIND = 0  # a configuration for symbol type 0 is one for all types
_BINARY = 4  # ZBAR_CFG_BINARY, which pyzbar does not name: hand over the bytes, without guessing an encoding


class ZbarFinder:
    """libzbar through pyzbar's declarations of its C calls.

    pyzbar's own `decode()` is not used: it raises on structured-append codes, and libzbar guesses encodings (and
    guesses wrong) unless it is told to hand over bytes.

    libzbar writes warnings of its one-dimensional decoders to the C stream stderr, where the screen is drawn. All of
    them are off here and its verbosity is zero, so it has nothing to say. The stream itself is left alone: turning it
    away during a call, as is often done, would swallow what the screen draws at that moment.

    Raises:
        ImportError: pyzbar or the shared library libzbar is not installed.
        OSError: The shared library does not load.
    """

    name = "zbar"

    def __init__(self) -> None:
        # By name, since pyzbar has no type information.
        self._zbar: Any = importlib.import_module("pyzbar.wrapper")
        self._qr = int(self._zbar.ZBarSymbol.QRCODE)
        self._zbar.zbar_set_verbosity(0)

    def find(self, grey: bytes, width: int, height: int) -> list[Symbol]:
        """Return the QR codes in a grey picture of `width * height` bytes.

        Raises:
            RuntimeError: libzbar refuses the picture, or has no memory for it.
        """
        zbar = self._zbar
        with self._scanner() as scanner, self._image() as image:
            zbar.zbar_image_set_format(image, _GREY)
            zbar.zbar_image_set_size(image, width, height)
            # Without a clean-up function libzbar only borrows the bytes, which live until the end of this call.
            zbar.zbar_image_set_data(image, ctypes.cast(ctypes.c_char_p(grey), ctypes.c_void_p), len(grey), None)
            if zbar.zbar_scan_image(scanner, image) < 0:
                raise RuntimeError("libzbar refused the picture")
            return list(self._symbols(image))

    def _symbols(self, image: Any) -> Iterator[Symbol]:
        zbar = self._zbar
        symbol = zbar.zbar_image_first_symbol(image)
        while symbol:
            # Incomplete structured-append sets come under another type.
            if symbol.contents.type == self._qr:
                length = zbar.zbar_symbol_get_data_length(symbol)
                payload = ctypes.string_at(zbar.zbar_symbol_get_data(symbol), length)
                corners = tuple(
                    (float(zbar.zbar_symbol_get_loc_x(symbol, i)), float(zbar.zbar_symbol_get_loc_y(symbol, i)))
                    for i in range(zbar.zbar_symbol_get_loc_size(symbol))
                )
                yield Symbol(payload, corners)
            symbol = zbar.zbar_symbol_next(symbol)

    @contextmanager
    def _scanner(self) -> Iterator[Any]:
        scanner = self._zbar.zbar_image_scanner_create()
        if not scanner:
            raise RuntimeError("libzbar could not make a scanner")
        try:
            configure = self._zbar.zbar_image_scanner_set_config
            enable = int(self._zbar.ZBarConfig.CFG_ENABLE)
            configure(scanner, _EVERY_KIND, enable, 0)
            configure(scanner, self._qr, enable, 1)
            configure(scanner, self._qr, _BINARY, 1)
            yield scanner
        finally:
            self._zbar.zbar_image_scanner_destroy(scanner)

    @contextmanager
    def _image(self) -> Iterator[Any]:
        image = self._zbar.zbar_image_create()
        if not image:
            raise RuntimeError("libzbar could not make an image")
        try:
            yield image
        finally:
            self._zbar.zbar_image_destroy(image)
