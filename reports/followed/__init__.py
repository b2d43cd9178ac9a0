"""Which guidelines programmes follow, with which numbers, and what became of what they found."""
