"""Local state: TinyDB over a storage that never overwrites in place, and the tables on it."""
