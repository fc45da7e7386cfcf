"""The kiosk as a system service: what it tells systemd, and what it does for the device that it runs on."""
