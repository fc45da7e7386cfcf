"""How staff's commands reach the kiosk that is running: a socket in the state folder, one line each way."""
