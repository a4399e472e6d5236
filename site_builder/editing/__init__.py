"""Changes of authors' YAML files that touch only the lines that change; comments and order stay."""
