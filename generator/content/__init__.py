"""Reading: files become frozen values; a mistake in them becomes a problem with its place."""
