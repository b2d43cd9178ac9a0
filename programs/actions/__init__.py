"""The verbs of programs: what changes a group, its members, its leads and its plan. The log has its own (``log``).

Each one is atomic, refuses with a ``ValidationError`` whose sentence says what to do (keyed by the form's field where
there is one), sends ``group_changed`` inside its transaction, and keeps changes of structure in the audit.
"""
