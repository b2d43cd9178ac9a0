"""What no bundle carries, and why: every stored model, and every field of a model that has a file, is decided on."""

HISTORY = "what a record said before it was corrected is the trace of the corrections: a file could write it anew"
MODELS = {
    "people.AuditEntry": "never in a bundle, by contract: a file could write the journal anew; it has its own CSV",
    "accompagnement.Pulse": "when this installation's worker and backup were last known to be well",
    "people.Look": "who was shown whose screens here, for half an hour: the journal tells it",
    "people.Invitation": "a link that opens an account, for some days: who arrives elsewhere is invited there",
    "people.OpenedSession": "who is signed in here, on what kind of device",
    "people.User_groups": "rights come from memberships; Django's groups hold nobody",
    "people.User_user_permissions": "rights come from memberships; Django's permissions are given to nobody",
    "people.Draft": "what a person is typing, on their own account, until they save it",
    "people.Notification": "what a person was told here; the facts that it speaks of are in their files",
    "people.Mailing": "which digest left from this installation",
    "people.Message": "a letter that leaves, or left, from this installation",
    "people.Message_copy_to": "of a letter that leaves, or left, from this installation",
    "programs.Gesture": "what a person may take back here, for 30 days: it names rows of this database",
    "mentoring.Minute": "links handed to students and mentors until the month ends, by their hash: nobody's answer",
    "guidelines.Evaluation": "which days were looked at here: `evaluate` and `backfill` look again",
    "guidelines.FlagEvent": "the life of a finding, found again by `backfill`; a decision that stands is in its file",
    "reports.Report": "a file that a person asked for here; its figures are read from the facts again",
    "reports.ReportPart": "of a file that a person asked for here",
    "reports.ReportSchedule": "what prepares itself for a person here: asked for again by one press",
    "exchange.ApiToken": "a secret",
    "exchange.DirectoryToken": "a secret",
    "exchange.DirectoryEntry": "how a directory that writes here names people: another says it anew",
    "exchange.ImportRun": "how a file came in here: what it brought is in its files",
    "exchange.ImportFile": "of a file that came in here",
    "exchange.ImportRow": "of a file that came in here",
    "exchange.ImportTrace": "what lets a file that came in here be taken back: it names rows of this database",
    "exchange.ColumnMemory": "which column of a school's spreadsheet is what: asked again, and guessed, elsewhere",
}
"""Models without a file, by label. The histories (``Historical…``) are all left out, for one reason."""

SPELLED = "read again from the names"
ONE_GESTURE = "which rows one gesture made, to take them back together here"
BY_TIMETABLE = "who planned it; a meeting that stands at its hour is not planned twice"
EMPTIED = "found again: a person whose names are gone is emptied once more, and loses nothing"
FIELDS = {
    "name_key": SPELLED,
    "given_key": SPELLED,
    "saved_at": "when the row was written here",
    "entry_uuid": "what keeps a form that is sent twice from being kept twice here",
    "deleted_at": "what was undone is in no file",
    "people.SchoolBoard.second_factor_roles": "a rule of the doors of this installation",
    "people.User.password": "a secret",
    "people.User.last_login": "of the account here",
    "people.User.is_superuser": "a right of this installation, not of a board",
    "people.User.is_staff": "a right of this installation, not of a board",
    "people.User.first_steps_aside": "a help that the person closed here",
    "people.Student.emptied_on": EMPTIED,
    "people.User.emptied_on": EMPTIED,
    "people.RetentionPlan.announced_on": "the last dry run here; the night makes another, and waits again",
    "people.RetentionPlan.announced": "the last dry run here",
    "people.User.access_version": "ends the sessions that are open here",
    "people.MailPreference.changed_at": "when the row was written here",
    "guidelines.GuidelineSetting.set_at": "the moment; the day from which it holds is carried",
    "guidelines.Flag.cleared_on": "a finding that is over has no decision that stands; the journal tells it",
    "programs.GroupMeeting.timetable_id": BY_TIMETABLE,
    "mentoring.DyadMeeting.timetable_id": BY_TIMETABLE,
    "programs.GroupSubstitute.together": ONE_GESTURE,
    "mentoring.DyadSubstitute.together": ONE_GESTURE,
    "mentoring.Training.session": ONE_GESTURE,
}
"""Attributes without a column, of every model or of one."""


def why_without_file(label: str) -> str:
    """The reason for which a model has no file; empty where there is none."""
    return HISTORY if label.split(".")[-1].startswith("Historical") else MODELS.get(label, "")


def why_without_column(label: str, attribute: str) -> str:
    """The reason for which an attribute of a model that has a file has no column; empty where there is none."""
    return FIELDS.get(attribute) or FIELDS.get(f"{label}.{attribute}", "")
