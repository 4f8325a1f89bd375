"""Field reading: a YAML text becomes values that know their place, and no type is guessed."""
