"""Every authors' format, declared once."""
