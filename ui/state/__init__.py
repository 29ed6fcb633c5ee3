"""Session values that are synchronised with the address, widgets bound to them, and the queue of scripts."""
