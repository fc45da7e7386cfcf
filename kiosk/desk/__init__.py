"""What the kiosk decides: people, credentials, events, outcomes; and the ports to the rooms around it."""
