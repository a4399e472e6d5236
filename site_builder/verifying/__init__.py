"""Five answers about a credential, from what a stranger could read."""
