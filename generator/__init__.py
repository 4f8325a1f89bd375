"""Aryk: a static site generator for regional news portals; `generator/` reads as the road that a story takes."""

import zoneinfo

zoneinfo.reset_tzpath(())  # the pinned package tzdata is the only source of zones, whatever the machine has

__version__ = "0.1.0"
