"""The verbs of people: accounts, roles, what one is told and what one has begun to type."""
