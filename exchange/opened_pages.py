"""Why no page of imports, tokens and feeds is kept in the journal as an opening."""

from people.privacy.pages import leave_out

leave_out("A file that the person sent: its sending is kept, its names are theirs.", "import_run import_progress")
leave_out("A file that the person sent: its sending is kept, its names are theirs.", "import_columns import_left")
leave_out("Of the adults of a board, to its directory: no student.", "scim_user scim_nowhere")
leave_out("What a directory may ask, without anybody.", "scim_schema scim_resource_type")
leave_out("Initials alone, to the person whose link it is.", "calendar_feed")
leave_out("An address, without anybody.", "power_bi_file")
