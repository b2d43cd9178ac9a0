"""Breaks each rule of access in turn, and says which test sees it: ``python -m tools.mutations``."""
