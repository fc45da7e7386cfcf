"""A simulated Nexudus over real HTTP: the back end of the demonstration and of the tests."""
