"""Doing only what changed: scan, read, plan, compare, make, publish, remember. `build.py` is the way through."""
