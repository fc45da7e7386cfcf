"""Builds groups of parts out of the settings, for `kiosk.assembly` and the commands: each module one group."""
