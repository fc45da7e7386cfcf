"""What the kiosk senses: a camera and the QR codes it sees. Each sensor makes credentials and decides nothing."""
