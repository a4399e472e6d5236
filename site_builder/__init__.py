"""badgepress: reviewed YAML becomes signed Open Badges 3.0 on a static site."""

__version__ = "0.1.0"
