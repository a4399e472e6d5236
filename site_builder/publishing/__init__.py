"""From artifacts to a published folder."""
