"""The pages of every kind of record: the address names the kind, which says the rest."""
