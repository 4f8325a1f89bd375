"""The author's live server: builds aside, serves what was built, and reloads the open pages."""
