"""Which reports are kept in the journal as openings."""

from people.privacy.pages import declare, leave_out

declare("mentoring.Dyad", "dyad_fidelity dyad_fidelity_pdf")
declare("programs.SupportGroup", "group_fidelity group_fidelity_pdf")
declare("people.Student", "student_sheet")
leave_out("A blank sheet of the programme, without anybody.", "program_fidelity program_fidelity_pdf")
leave_out("What a report holds is kept when it is asked for, with the reason, and when it is taken away.", "report")
leave_out("What a report holds is kept when it is asked for, with the reason.", "report_progress report_file")
