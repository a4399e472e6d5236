"""The Catalog."""
