"""Which pages of a dyad, of what is beside it, or of a student to match are kept in the journal as openings."""

from mentoring.records import FOLLOWUPS
from people.privacy.pages import declare, leave_out, name_several

name_several("programs.Program", "dyads__student", "groups__members__student", "referrals__student")
name_several("mentoring.MatchingRound", "proposals__referral__student")
declare(
    "mentoring.Dyad",
    "dyad dyad_edit dyad_log dyad_plan dyad_timetable dyad_pause dyad_substitute dyad_end dyad_farewell dyad_parting"
    " dyad_letters dyad_letter dyad_letter_pdf dyad_agreement dyad_commitment dyad_doubt dyad_minute dyad_own_minute",
)
declare("mentoring.Dyad", " ".join(kind.names["log"] for kind in FOLLOWUPS))
declare("mentoring.Pause", "dyad_pause_edit")
declare("mentoring.Agreement", "dyad_agreement_print dyad_agreement_pdf dyad_agreement_edit")
declare("mentoring.DyadMeeting", "meeting_not_held meeting_edit")
declare("mentoring.Doubt", "doubt_hear")
declare("mentoring.DifficultEvent", "event_support")
declare("people.Student", "referral_new")
declare("mentoring.Referral", "referral referral_edit")
declare("mentoring.Proposal", "matching_proposal")
declare("mentoring.MatchingRound", "matching_round matching_publish matching_letters")
declare("people.Consent", "program_consent", argument="consent")
declare("programs.Program", "program_outcomes program_outcomes_term")
leave_out("A paper of the programme, without anybody.", "program_agreement program_agreement_blank")
leave_out("A paper of the programme, without anybody.", "program_agreement_blank_pdf")
leave_out("Counts of answers, masked, without anybody.", "program_minutes")
leave_out("Opened by a student or a mentor, by a code, for themselves: nobody is known to answer.", "minute")
leave_out("Of an adult, or of oneself.", "training_edit training_new own_attestation own_attestation_pdf")
leave_out("Of an adult, or of oneself.", "person_mentor person_away mentor_edit mentor_offer")
leave_out("An adult's, where dyads are named, each leading to its page, which is kept.", "mentor")
