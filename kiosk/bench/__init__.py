"""Measures this device: what a person waits for, on the real parts, over a state of realistic size; and what the store
costs, beside others."""
