"""What is written for one award."""
