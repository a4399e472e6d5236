"""Every name resolved."""
