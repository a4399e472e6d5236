"""Authors' files: the repository sweep, strict YAML, Documents with line numbers."""
