"""What registrars and operators do to the files."""
