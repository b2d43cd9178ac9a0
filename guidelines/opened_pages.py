"""Which pages of a finding, of an ending or of a team's meeting are kept in the journal as openings."""

from django.apps import apps
from django.db.models import Model

from people.privacy.pages import Arguments, declare, leave_out


def table_of_point(arguments: Arguments) -> type[Model]:
    """Of what a team speaks, from the word of the address: the page is there only when the word is one."""
    subject = apps.get_model("guidelines.AgendaItem")._meta.get_field(arguments["kind"]).related_model
    assert isinstance(subject, type)  # noqa: S101 (tells the type)
    return subject


declare("guidelines.Flag", "flag flag_charge flag_snooze flag_dismiss flag_remind")
declare("mentoring.Dyad", "dyad_ending")
declare("programs.Program", "team_meeting team_meeting_pdf team_add program_turn")
declare(table_of_point, "team_item", argument="subject")
leave_out("Names of relations, chosen on a list, each leading to its page, which is kept.", "flags_decide person_leave")
leave_out(
    "Of the guidelines that a programme follows, no student.", "program_guidelines program_step program_guideline"
)
leave_out("Of a guideline and its values, no student.", "guideline guideline_try")
