"""What a look at a kiosk finds: each finding a verdict, a sentence, and what to do."""
