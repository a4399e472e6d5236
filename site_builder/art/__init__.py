"""Badge art, one family."""
