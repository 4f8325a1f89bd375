"""What readers send: a service that takes votes and texts, and the desk where editors decide what of it is published."""
