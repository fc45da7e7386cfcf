"""Setting a kiosk up, on a terminal or by touch, and giving one that runs a new sign-in."""
