"""The verbs of mentoring: what changes a dyad or its plan, and what is recorded of a mentor. See ``programs.log``."""
