"""Parts of `site.yaml` that are checked apart from the rest of it."""
