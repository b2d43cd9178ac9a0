"""How long things last: each promise by its name, in one place. Sentences on screen take their numbers from here."""

from datetime import timedelta

UNDONE_KEPT = timedelta(days=30)
"""What was undone can be put back for so long; then the night destroys it, with its history."""

DRAFTS_KEPT = timedelta(days=30)
"""What was typed and never saved waits for its author for so long."""

LATE_AFTER = timedelta(days=30)
"""An entry is made within that time, or says why it comes later; its days are offered as chips."""

SUBSTITUTE_BACK = timedelta(days=30)
"""How far back someone may be said to have stood in for another."""
