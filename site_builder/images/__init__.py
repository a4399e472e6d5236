"""What a badge image may hold."""
