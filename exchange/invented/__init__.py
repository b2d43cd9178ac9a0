"""Invented data: an empty school is filled in one click, to look around, and emptied of it in another."""
