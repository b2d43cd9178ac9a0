"""A Monday morning of two hundred people on a whole site: ``make load``.

What a board does in an hour (``REQUESTS`` a person), pressed into ``MINUTES``: as many requests, less rest in between.
``MINUTES=60`` is the hour as it is lived; ``PEOPLE`` says how many they are.
"""

PEOPLE = 200
REQUESTS = 12
"""Of a person in the hour, signed in already: their week, what they log, their dyads, a lead's dashboard."""
MINUTES = 5
