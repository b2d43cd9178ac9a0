"""What the Makefile calls: nothing of the product depends on it."""
