"""Looks at a kiosk and its device from outside, beside one that runs or without one; `kiosk.health` judges."""
