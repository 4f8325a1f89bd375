"""Fetching: central banks' own documents become lines of content/rates; a build never comes here."""
