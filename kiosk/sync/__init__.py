"""The courier: uploads events, reads the directory, and knows when the line is down. Nobody else talks to Nexudus."""
