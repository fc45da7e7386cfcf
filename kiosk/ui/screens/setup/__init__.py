"""The pages of setting up by touch."""
