"""The commands, one module each. Only these print."""
