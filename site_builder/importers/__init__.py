"""Class lists from other systems, as rows of one form."""
