"""What registrars and operators do to the files: planned, checked as a whole, then written at once."""
