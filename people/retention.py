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

IMPORT_FILE_KEPT = timedelta(days=30)
"""The file of an import, its lines and the way back are kept so long after it was applied."""

IMPORT_UNUSED_KEPT = timedelta(days=7)
"""A file that was sent and never applied is kept so long."""

IMPORT_SILENT = timedelta(minutes=2)
"""A job that gave no sign for so long has died: another takes its work over."""

TALKS_KEPT = timedelta(days=30)
"""That a student asked to talk to an adult is forgotten so long after they met; until then it waits."""

OUTCOMES_KEPT = timedelta(days=3 * 365)
"""Absences, lates and results are kept so long after they were entered; a consent withdrawn ends it at once."""

REPORT_FILE_KEPT = timedelta(days=7)
"""The file of a report is kept so long after it was prepared; then it is prepared again."""

REPORT_KEPT = timedelta(days=90)
"""That a report was asked for stays on its person's page for so long, unless they keep it."""

REPORT_SILENT = timedelta(minutes=2)
"""A worker that gave no sign of a report for so long has died: another takes over."""

PEOPLE_KEPT = timedelta(days=3 * 365)
"""What names a student is kept so long after they left the school; what names an adult, after their last role."""

NIGHT_NOTICE = timedelta(days=14)
"""What the night destroys was announced so long before; so is the day from which it does."""

JOURNAL_KEPT = timedelta(days=5 * 365)
"""Who read, wrote and exported is known for so long."""

INCIDENTS_KEPT = timedelta(days=5 * 365)
"""A confidentiality incident stays in the register so long after it was known."""

MESSAGES_KEPT = timedelta(days=365)
"""That a message was sent, and what somebody was told, are kept so long."""

IMPORTS_KEPT = timedelta(days=3 * 365)
"""That a file was imported, by whom, with how many lines, is kept so long."""

SESSIONS_KEPT = timedelta(days=30)
"""On what kind of device a person was signed in, and when, is kept for so long after the last page asked for."""

TOKENS_LISTED = timedelta(days=30)
"""A token that was revoked or has expired is still listed to its person for so long."""
