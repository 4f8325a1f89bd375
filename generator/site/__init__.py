"""Arranging: all values become sections, archives, neighbours; pure functions, no files, no clock."""
