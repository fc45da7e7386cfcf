"""The roll call on paper: the printer, the files, the alarm that has it printed by itself."""
