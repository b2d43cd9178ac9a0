"""import_bundle refuses what can't be stored: every problem in one go, by file, row and column, never a traceback."""

import re
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.bundle.importing import import_bundle
from exchange.reading import LIMITS, Limits, Refused, open_zip_members
from exchange.tests.bundles import EVERYTHING, Files, edited, write
from people.models import SchoolBoard

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def enter(path: Path, limits: Limits = LIMITS) -> None:
    with open_zip_members(path, limits=limits):
        pass


def problems(path: Path) -> list[tuple[str, int, str, str]]:
    with pytest.raises(Refused) as refused:
        import_bundle(path=path)
    assert not SchoolBoard.objects.filter(key="css-b").exists()
    return [(p.file, p.row, p.column, p.sentence.replace("\u00a0", " ")) for p in refused.value.problems]


CELLS = [
    ("dyad_meetings.csv", 2, "on", "2026-13-01", "il n’y a pas de mois 13"),
    ("dyad_meetings.csv", 2, "on", "2026-02-30", "ce mois n’a pas de jour 30"),
    ("dyad_meetings.csv", 2, "on", "03/13/2026", "il n’y a pas de mois 13"),
    ("dyad_meetings.csv", 2, "on", "03/04/26", "écrivez l’année, le mois et le jour"),
    ("dyad_meetings.csv", 2, "on", "3 floréal 2026", "écrivez l’année, le mois et le jour"),
    ("dyad_meetings.csv", 2, "on", "", "obligatoire"),
    ("dyad_meetings.csv", 2, "minutes", "-5", "n’est pas un nombre entier"),
    ("dyad_meetings.csv", 2, "minutes", "40000", "n’est pas entre 0 et 32767"),
    ("dyad_meetings.csv", 2, "starts_at", "25:00", "n’est pas une heure"),
    ("dyad_meetings.csv", 2, "structured", "oui", "ni true ni false"),
    ("dyad_meetings.csv", 2, "channel", "pigeon", "in_person, video, phone, email, message"),
    ("dyad_meetings.csv", 2, "dyad", "D99", "« D99 » est inconnu"),
    ("dyad_meetings.csv", 3, "key", "R1", "déjà à la ligne 2"),
    ("dyad_meetings.csv", 2, "logged_by", "Q1", "n’est pas du même organisme"),
    ("dyad_meetings.csv", 2, "activity_kind", "x" * 61, "61 caractères; 60 au plus"),
    ("students.csv", 2, "grade", "6", "n’est pas entre 1 et 5"),
    ("releases.csv", 2, "percent", "101", "n’est pas entre 0 et 100"),
    ("releases.csv", 2, "percent", "12,5", "écrivez par exemple 25 ou 12.5"),
    ("releases.csv", 2, "percent", "12.345", "plus de deux décimales"),
    ("releases.csv", 2, "percent", "nan", "n’est pas un nombre"),
    ("outcomes.csv", 2, "result", "101", "n’est pas entre 0 et 100"),
    ("dyads.csv", 2, "ended_on", "2026-09-09", "précède le début"),
    ("dyads.csv", 2, "committed_until", "2026-09-09", "précède le début"),
    ("dyads.csv", 2, "mentor", "P2", "« P2 » est inconnu : ni mentors.csv ni la base"),
    ("dyads.csv", 2, "student", "T1", "n’est pas du même organisme"),
    ("dyads.csv", 2, "program", "QM", "n’est pas du même organisme"),
    ("groups.csv", 2, "ends_on", "2026-08-01", "précède le début"),
    ("group_leads.csv", 2, "person", "Q1", "n’est pas du même organisme"),
    ("group_members.csv", 2, "student", "T1", "n’est pas du même organisme"),
    ("group_members.csv", 3, "starts_on", "2026-09-30", "appartient déjà à ce groupe"),
    ("programs.csv", 3, "cadence_days", "", "nombre de jours du cycle"),
    ("programs.csv", 3, "cadence_days", "4", "n’est pas entre 5 et 10"),
    ("programs.csv", 2, "forms", "guidance|jeu", "« jeu » n’est pas une des valeurs"),
    ("people.csv", 3, "email", "NADIA@a.example", "déjà l’adresse"),
    ("people.csv", 3, "email", "pas une adresse", "n’est pas une adresse de courriel"),
    ("people.csv", 2, "roles", "roi", "« roi » n’est pas une des valeurs"),
    ("people.csv", 2, "school", "F1", "n’est pas du même organisme"),
    ("memberships.csv", 2, "program", "", "donnez la portée"),
    ("boards.csv", 2, "time_zone", "Mars/Olympus", "fuseau horaire"),
    ("timetables.csv", 2, "cycle_day", "3", "l’un des deux"),
    ("timetables.csv", 2, "dyad", "D1", "et une seule"),
    ("timetables.csv", 2, "weekday", "8", "n’est pas entre 1 et 7"),
    ("attendance.csv", 3, "student", "S1", "les lignes 2 et 3"),
    ("pauses.csv", 2, "ends_on", "2026-09-30", "précède le début"),
    ("student_contacts.csv", 2, "student", "T1", "n’est pas du même organisme"),
    ("student_contacts.csv", 2, "channel", "pigeon", "in_person, video, phone, email, message"),
    ("student_contacts.csv", 2, "minutes", "40000", "n’est pas entre 0 et 32767"),
    ("student_contacts.csv", 2, "on", "", "obligatoire"),
    ("student_contacts.csv", 2, "note_level", "secret", "ordinary, confidential"),
    ("student_contacts.csv", 3, "key", "SC1", "déjà à la ligne 2"),
    ("family_contacts.csv", 2, "guardian", "G9", "« G9 » est inconnu : ni guardians.csv ni la base"),
    ("family_contacts.csv", 2, "outcome", "perdu", "reached, message_left, no_answer"),
    ("family_contacts.csv", 2, "student", "T1", "n’est pas du même organisme"),
    ("group_reviews.csv", 3, "student", "T1", "n’est pas du même organisme"),
    ("group_reviews.csv", 2, "intensity", "fort", "light, regular, close"),
    ("group_reviews.csv", 2, "fit", "bof", "yes, partly, no"),
    ("group_reviews.csv", 2, "tie", "x" * 301, "301 caractères; 300 au plus"),
    ("function_times.csv", 2, "minutes", "", "obligatoire"),
    ("function_times.csv", 2, "function", "dîner", "students, teachers, services"),
    ("function_times.csv", 2, "logged_by", "Q1", "n’est pas du même organisme"),
    ("foundations.csv", 2, "topic", "repos", "support, crises, meetings, role, needs"),
    ("foundations.csv", 3, "topic", "crises", "les lignes 2 et 3"),
    ("foundations.csv", 2, "statement", "", "obligatoire"),
    ("program_logging.csv", 2, "program", "PZ", "« PZ » est inconnu"),
    ("program_logging.csv", 2, "logging_grace_days", "29", "n’est pas entre 0 et 28"),
    ("program_results.csv", 2, "text", "", "obligatoire"),
    ("program_activities.csv", 2, "result", "RE9", "« RE9 » est inconnu : ni program_results.csv ni la base"),
    ("program_activities.csv", 2, "program", "QM", "n’est pas du même organisme"),
    ("program_activities.csv", 2, "theme", "jeu", "personal, social, school, career"),
    ("program_activities.csv", 2, "format", "seul", "group, teams, individual"),
    ("program_roles.csv", 2, "actor", "concierge", "manager, lead, trainer, teacher, mentor, family"),
    ("program_roles.csv", 3, "actor", "teacher", "la clé « PR1 » décrit déjà le même élément, ligne 2"),
    ("role_acknowledgements.csv", 2, "person", "Q1", "n’est pas du même organisme"),
    ("role_acknowledgements.csv", 2, "role", "PR9", "« PR9 » est inconnu : ni program_roles.csv ni la base"),
    ("role_acknowledgements.csv", 3, "person", "P1", "les lignes 2 et 3"),
    ("guideline_settings.csv", 2, "guideline", "dyad-nothing", "« dyad-nothing » n’est pas une des valeurs"),
    ("guideline_settings.csv", 2, "name", "couleur", "« couleur » n’est pas une valeur de cette balise; elle a"),
    ("guideline_settings.csv", 2, "value", "-1", "n’est pas un nombre entier"),
    ("guideline_settings.csv", 2, "program", "QM", "n’est pas du même organisme"),
    ("guideline_settings.csv", 3, "board", "", "obligatoire"),
    ("guideline_settings.csv", 2, "reason", "", "obligatoire"),
    ("style_assessments.csv", 2, "markers", "trust|gentil", "« gentil » n’est pas une des valeurs"),
    ("style_assessments.csv", 2, "mentor", "P2", "« P2 » est inconnu : ni mentors.csv ni la base"),
    ("style_assessments.csv", 3, "on", "2026-10-01", "la clé « SA1 » décrit déjà le même élément, ligne 2"),
    ("mentor_approaches.csv", 2, "on", "hier", "n’est pas une date"),
    ("teacher_liaisons.csv", 2, "dyad", "X1", "n’est pas du même organisme"),
    ("teacher_liaisons.csv", 2, "achievement_heard", "oui", "ni true ni false"),
    ("followups.csv", 2, "skill", "chanter", "teacher, parents, notes, other"),
    ("followups.csv", 3, "logged_by", "P1", "n’est pas du même organisme"),
    ("difficult_events.csv", 2, "kind", "", "obligatoire"),
    ("difficult_events.csv", 2, "supported_on", "2026-02-30", "ce mois n’a pas de jour 30"),
    ("relationship_reviews.csv", 2, "dyad", "D99", "« D99 » est inconnu"),
    ("relationship_reviews.csv", 2, "redefined", "1", "ni true ni false"),
    ("minute_tallies.csv", 3, "program", "PM", "la clé « MT1 » décrit déjà le même élément, ligne 2"),
    ("talk_requests.csv", 2, "adult", "Q1", "n’est pas du même organisme"),
    ("talk_requests.csv", 2, "heard_on", "2026-10-01", "précède le début"),
    ("match_proposals.csv", 2, "referred_on", "2026-08-29", "aucune demande de cette personne à ce programme"),
    ("match_proposals.csv", 4, "round", "MR1", "les lignes 3 et 4"),
    ("finding_decisions.csv", 2, "decision", "cleared", "taken, snoozed, dismissed"),
    ("finding_decisions.csv", 2, "group", "GR1", "cette balise porte sur « dyad »"),
    ("finding_decisions.csv", 2, "dyad", "", "cette balise porte sur « dyad »"),
    ("finding_decisions.csv", 2, "by", "Q1", "n’est pas du même organisme"),
]


@pytest.mark.parametrize(("file", "row", "column", "value", "words"), CELLS)
def test_each_wrong_cell_has_its_sentence(
    tmp_path: Path, file: str, row: int, column: str, value: str, words: str
) -> None:
    found = problems(write(tmp_path / "b.zip", {**EVERYTHING, file: edited(file, row, column, value)}))
    assert any(words in sentence for _f, _r, _c, sentence in found), found
    assert all(f == file for f, *_ in found), "a row that is wrong makes no second problem elsewhere"
    assert any(r == row or words == "les lignes 2 et 3" for _f, r, *_ in found)


def test_nothing_is_kept_of_who_no_longer_agrees(tmp_path: Path) -> None:
    consents = edited("consents.csv", 4, "withdrawn_on", "2026-10-05")
    (found,) = problems(write(tmp_path / "b.zip", EVERYTHING, consents=consents))
    assert found[:3] == ("outcomes.csv", 3, "student")
    assert "aucun consentement ne tient pour cette personne" in found[3]


def test_every_error_of_every_file_comes_in_one_go(tmp_path: Path) -> None:
    files = {
        **EVERYTHING,
        "students.csv": edited("students.csv", 2, "grade", "9"),
        "dyads.csv": edited("dyads.csv", 3, "student", "NOBODY"),
        "dyad_meetings.csv": edited("dyad_meetings.csv", 5, "on", "2026-13-01").replace("R1,D1", "R1,D77"),
        "inconnu.csv": "a\n1\n",
    }
    path = write(tmp_path / "b.zip", files)
    assert [found[:3] for found in problems(path)] == [
        ("inconnu.csv", 0, ""),
        ("students.csv", 2, "grade"),
        ("dyads.csv", 3, "student"),
        ("dyad_meetings.csv", 2, "dyad"),
        ("dyad_meetings.csv", 5, "on"),
    ]
    with pytest.raises(CommandError) as error:
        call_command("import_bundle", str(path), skip_checks=True)
    assert "dyads.csv, ligne 3, colonne student" in str(error.value)
    assert "5 problèmes, rien n’est importé." in str(error.value)
    assert error.value.returncode == 1


def test_each_second_tally_of_a_month_is_named_by_its_row(tmp_path: Path) -> None:
    again = "MT{},css-a,{},2026-10-01,student,MI1,12,3,,,,\n"
    rows = EVERYTHING["minute_tallies.csv"] + again.format(3, "PM") + again.format(4, "") + again.format(5, "PM")
    found = problems(write(tmp_path / "b.zip", EVERYTHING, minute_tallies=rows))
    assert [(f, r, c) for f, r, c, _sentence in found] == [("minute_tallies.csv", row, "item") for row in (4, 5, 6)]
    assert [s.partition(",")[2] for *_place, s in found] == [" ligne 2.", " ligne 3.", " ligne 2."]


def test_a_wrong_cell_does_not_hide_a_range_upside_down(tmp_path: Path) -> None:
    rows = "key,program,mentor,student,starts_on,ended_on\nD8,PM,P1,NOBODY,2026-09-10,2026-09-09\n"
    found = problems(write(tmp_path / "b.zip", EVERYTHING, dyads=rows))
    assert [f[:3] for f in found if f[0] == "dyads.csv"] == [
        ("dyads.csv", 2, "student"),
        ("dyads.csv", 2, "ended_on"),
    ]


@pytest.mark.parametrize("row", ["S7", "S7,E1,Inès,Benali,,9"], ids=["ragged", "wrong cell"])
def test_of_a_flood_of_problems_the_first_are_shown_and_the_others_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str
) -> None:
    monkeypatch.setattr("exchange.bundle.state.MOST_PROBLEMS", 50)
    students = "key,school,given_name,family_name,birth_date,grade\n" + f"{row}\n" * 1000
    path = write(tmp_path / "b.zip", EVERYTHING, students=students)
    assert len(problems(path)) == 50
    with pytest.raises(CommandError) as error:
        call_command("import_bundle", str(path), skip_checks=True)
    *_shown, others, said = str(error.value).split("\n")
    found = int(re.sub(r"\D", "", said))
    assert found >= 1000
    assert others == f"… et {found - 50} autres problèmes."


FILES = [
    ("students", EVERYTHING["students.csv"].encode() + b"S9,E1,No\xe9,A,,\n", 5, "alors que le reste l’est"),
    ("students", b"key,school,given_name,family_name\nS9,E1,No\x81\xe9,A\n", 2, "encodage"),
    ("students", EVERYTHING["students.csv"].replace("grade", "niveau", 1), 1, "« niveau » est inconnue"),
    ("students", EVERYTHING["students.csv"].replace("given_name", "grade", 1), 1, "« grade » est répétée"),
    ("students", "key,given_name,family_name\nS1,A,B\n", 1, "« school » est obligatoire"),
    ("students", EVERYTHING["students.csv"].replace("Gauthier,,2", "Gauthier,,2,trop"), 3, "a 7 cellules"),
    ("students", EVERYTHING["students.csv"].replace("Gauthier,,2", "Gau\0thier,,2"), 3, "caractère nul"),
    ("students", 'key,school,given_name,family_name\nS1,E1,"Inès,B\n', 2, "guillemet"),
    ("students", "", 0, "est vide"),
]


@pytest.mark.parametrize(("name", "content", "row", "words"), FILES)
def test_a_file_that_can_not_be_read_is_one_problem(
    tmp_path: Path, name: str, content: str | bytes, row: int, words: str
) -> None:
    found = problems(write(tmp_path / "b.zip", EVERYTHING, **{name: content}))
    assert {f for f, *_ in found} == {f"{name}.csv"}, "what refers to its rows is not blamed"
    assert any(r == row and words in sentence for _f, r, _c, sentence in found), found


def test_overlap_with_a_stay_that_the_file_leaves_alone(tmp_path: Path) -> None:
    import_bundle(path=write(tmp_path / "a.zip", {k: v for k, v in EVERYTHING.items() if k != "boards.csv"} | BOARDS))
    header = "group,student,starts_on,ends_on\n"
    with pytest.raises(Refused) as refused:
        import_bundle(path=write(tmp_path / "b.zip", {"group_members.csv": f"{header}GR1,S2,2027-01-01,\n"}))
    assert "dans la base" in str(refused.value)
    # Ending the stay in the same file makes room, and an empty stay takes none.
    rows = "GR1,S2,2027-01-01,\nGR1,S2,2026-09-01,2027-01-01\nGR1,S2,2026-10-01,2026-10-01\n"
    import_bundle(path=write(tmp_path / "c.zip", {"group_members.csv": header + rows}))


@pytest.mark.parametrize(
    ("file", "row", "column"),
    [
        ("program_roles.csv", "PR9,PG,teacher,Autre,", "actor"),
        ("style_assessments.csv", "SA9,P1,2026-10-01,trust", "on"),
        ("mentor_approaches.csv", "MA9,P1,2026-09-20,,,,", "on"),
        ("minute_items.csv", "MI9,css-a,heard,student,,,2026-10-05", "code"),
        ("minute_tallies.csv", "MT9,css-a,PM,2026-10-01,student,MI1,12,3,,,,", "item"),
        ("minute_tallies.csv", "MT9,css-a,,2026-10-01,student,MI1,12,3,,,,", "item"),
        ("matching_rounds.csv", "MR9,PM,2026-11-20,P2,2026-11-20,,,,,,", "published_on"),
    ],
)
def test_what_is_kept_once_is_not_taken_from_the_key_that_has_it(
    tmp_path: Path, file: str, row: str, column: str
) -> None:
    import_bundle(path=write(tmp_path / "a.zip", EVERYTHING))
    header = EVERYTHING[file].splitlines()[0]
    with pytest.raises(Refused) as refused:
        import_bundle(path=write(tmp_path / "b.zip", {file: f"{header}\n{row}\n"}))
    assert [(p.file, p.row, p.column) for p in refused.value.problems] == [(file, 2, column)]
    assert "décrit déjà le même élément, dans la base" in str(refused.value)


BOARDS: Files = {"boards.csv": EVERYTHING["boards.csv"]}


def test_what_can_be_stored_is_not_compared_with_today_nor_judged(tmp_path: Path) -> None:
    """A future date, a meeting outside its dyad's dates, a second open dyad, an empty range: facts all the same."""
    files = {
        **EVERYTHING,
        "dyads.csv": EVERYTHING["dyads.csv"]
        + "D9,PM,P3,S2,2099-01-01,,2099-01-01,,,,,,\nD8,PM,P1,S2,2026-09-10,,,,,,,,\n",
        "dyad_meetings.csv": edited("dyad_meetings.csv", 2, "on", "2099-09-15"),
    }
    import_bundle(path=write(tmp_path / "b.zip", files))


def test_a_wrong_file_has_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("pas un zip")
    whole = write(tmp_path / "whole.zip", EVERYTHING).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    damaged = bytearray(whole)
    damaged[60:90] = b"\xff" * 30
    (tmp_path / "damaged.zip").write_bytes(damaged)
    write(tmp_path / "empty.zip", {})
    for name in ("text.zip", "cut.zip", "damaged.zip", "empty.zip", "missing.zip", "."):
        with pytest.raises(CommandError) as error:
            call_command("import_bundle", str(tmp_path / name), skip_checks=True)
        assert re.search(r"rien n’est importé", str(error.value))


@pytest.mark.parametrize(
    "name", ["../boards.csv", "/etc/boards.csv", "..\\boards.csv", "C:boards.csv", "a/../../b.csv"]
)
def test_a_name_that_leaves_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="sort de l’archive"):
        enter(write(tmp_path / "b.zip", {name: "key,name\n"}))


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("boards.csv", b"0" * 20_000_000)
    with pytest.raises(Refused, match="démesuré"):
        enter(path)
    many = write(tmp_path / "many.zip", {f"{n}.csv": "" for n in range(20)})
    with pytest.raises(Refused, match="plus de 10 fichiers"):
        enter(many, limits=Limits(members=10))
    large = write(tmp_path / "large.zip", {"a.csv": "x" * 600, "b.csv": "x" * 600})
    with pytest.raises(Refused, match="démesuré"):
        enter(large, limits=Limits(unpacked=1000))
    with pytest.raises(Refused, match="dépasse"):
        enter(large, limits=Limits(archive=100))


def test_numbers_that_make_no_sense_beside_those_of_the_database_are_refused(tmp_path: Path) -> None:
    import_bundle(path=write(tmp_path / "a.zip", EVERYTHING))
    header = "key,board,program,guideline,name,value,starts_on,reason,set_by\n"

    def refused(rows: str) -> list[tuple[str, int, str, str]]:
        with pytest.raises(Refused) as error:
            import_bundle(path=write(tmp_path / "b.zip", {"guideline_settings.csv": header + rows}))
        return [(p.file, p.row, p.column, p.sentence.replace("\u00a0", " ")) for p in error.value.problems]

    own = "GS4,css-a,PM,dyad-frequency,{},{},2026-09-01,Essai,\n"
    [(*place, sentence)] = refused(own.format("critical", 5))
    assert place == ["guideline_settings.csv", 2, "value"]
    assert "ne se relèverait jamais : on n’en regarde que 4" in sentence
    import_bundle(path=write(tmp_path / "c.zip", {"guideline_settings.csv": header + own.format("critical", 4)}))
    narrower = "GS5,css-a,,dyad-frequency,weeks,3,2026-08-01,Essai,\n"
    assert [sentence for *_place, sentence in refused(narrower) if "regarde que 3" in sentence]
    crossed = "GS6,css-a,,dyad-gap,warning,9,2026-10-01,Essai,\n"
    assert "ne peut pas être atteint avant" in refused(crossed)[0][3]
