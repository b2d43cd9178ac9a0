"""What others' tools, and odd words in every field, find wrong: ``make audit``."""
