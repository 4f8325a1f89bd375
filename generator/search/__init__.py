"""An edge, which no build imports: makes the index by which readers search the published stories."""
