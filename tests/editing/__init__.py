"""Changes of YAML files that touch only the lines that change."""
