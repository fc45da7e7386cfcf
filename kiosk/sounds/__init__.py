"""What the kiosk lets be heard: cues, and sentences read aloud. It knows no more than what it is told to play."""
