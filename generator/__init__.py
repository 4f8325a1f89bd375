"""Aryk: a static site generator for regional news portals; `generator/` reads as the road that a story takes."""

__version__ = "0.1.0"
