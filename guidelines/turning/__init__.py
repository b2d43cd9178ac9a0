"""The turn of the year: what becomes of each group and dyad, read on one page, done in one press, undone in another."""
