"""The desk over plain lines: numbered prompts and commands on standard input and output.

Made for screen readers, braille lines, serial terminals and scripts: one line at a time, nothing drawn, nothing moved.
"""
