"""The pages of the staff corner."""
