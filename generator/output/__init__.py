"""Making: a page's view becomes bytes; the same view gives the same bytes in every process and on every machine."""
