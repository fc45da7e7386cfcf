"""The lobby kiosk for Nexudus: check-in and check-out by PIN, QR code and badge."""

__version__ = "0.1.0"
