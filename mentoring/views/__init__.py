"""Doors, forms, actions, redirects."""
