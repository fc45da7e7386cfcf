"""Bluetooth: what is heard of badges and beacons, what this kiosk sends, and how both stand."""
