"""The theme: templates with their closures, strings, options, and assets with fingerprints."""
