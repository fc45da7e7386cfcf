"""What the kiosk says: the sentences, in the person's language."""
