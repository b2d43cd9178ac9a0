"""Which pages of a person, or of a student, are kept in the journal as openings."""

from people.privacy.pages import declare, leave_out

declare("people.Student", "student_edit")
leave_out("Its view keeps the opening itself, with the ways by which the file opens.", "student student_reason")
leave_out("It asks why first; the journal keeps what it gives, with the reason.", "student_data person_data")
leave_out(
    "Of an adult and their roles, no student.",
    "person person_edit person_role person_role_end person_verification person_second_factor",
)
leave_out("Of whoever signs in, their own keys and the provider that vouches.", "mfa_edit_webauthn mfa_remove_webauthn")
leave_out("Of whoever signs in, their own keys and the provider that vouches.", "openid_connect_login")
leave_out("Of whoever signs in, their own keys and the provider that vouches.", "openid_connect_callback")
leave_out("It asks an adult for something, and shows nothing of a student.", "look_ask")
leave_out("The register of incidents names nobody.", "incident incident_edit")
leave_out("Of whoever opens it, by a link of their own.", "invitation unsubscribe")
