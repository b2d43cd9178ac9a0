"""Why no page of imports, tokens and feeds is kept in the journal as an opening."""

from people.privacy.pages import leave_out

leave_out("A file that the person sent: its sending is kept, its names are theirs.", "import_run import_progress")
leave_out("A file that the person sent: its sending is kept, its names are theirs.", "import_columns import_left")
leave_out("Initials alone, to the person whose link it is.", "calendar_feed")
leave_out("An address, without anybody.", "power_bi_file")
