"""The fewest people that a count may say: of fewer, somebody could be recognised (``people.telling`` hides them)."""

FEWEST = 5
