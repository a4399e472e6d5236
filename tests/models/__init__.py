"""The authors' formats."""
