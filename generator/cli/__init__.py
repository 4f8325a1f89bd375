"""The command `aryk`: one thin file for each of its commands."""
