"""The faults of a life, injected for real: what is killed, cut, filled or restarted while people log meetings.

``make faults`` runs them all; ``SEED`` plays the same random moments again, ``TIMES`` says how many of each.
"""
