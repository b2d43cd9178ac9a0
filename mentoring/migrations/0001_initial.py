import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import people.models.base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("people", "__first__"),
        ("programs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mentor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("teacher", "personnel enseignant"),
                            ("older_peer", "pair d’âge supérieur"),
                            ("school_volunteer", "bénévole de l’école"),
                            ("community_volunteer", "bénévole de la communauté"),
                        ],
                        max_length=20,
                        verbose_name="qui",
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="date de naissance")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mentor", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["person__family_name", "person__given_name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Dyad",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                ("committed_until", models.DateField(blank=True, null=True, verbose_name="fin de l’engagement")),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="motif de fin")),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mentor", "mentore ou mentor"),
                            ("student", "élève"),
                            ("family", "famille"),
                            ("school", "école"),
                            ("other", "autre"),
                        ],
                        max_length=8,
                        verbose_name="à l’initiative de",
                    ),
                ),
                ("planned_handover", models.BooleanField(default=False, verbose_name="relais planifié")),
                (
                    "closure_talk",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("held", "a eu lieu"),
                            ("planned", "est prévu"),
                            ("not_possible", "n’est pas possible"),
                        ],
                        max_length=12,
                        verbose_name="dernier échange",
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dyads",
                        to="programs.program",
                        verbose_name="programme",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dyads",
                        to="people.student",
                        verbose_name="élève",
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dyads",
                        to="mentoring.mentor",
                        verbose_name="mentore ou mentor",
                    ),
                ),
            ],
            options={
                "ordering": ["student__given_name", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="mentoring_dyad_key_in_board"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="mentoring_dyad_range_ordered",
                        violation_error_message="La fin précède le début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("committed_until__isnull", True),
                            ("starts_on__isnull", True),
                            ("committed_until__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="mentoring_dyad_commitment_ordered",
                        violation_error_message="La fin précède le début.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_on", models.DateField(verbose_name="signée le")),
                ("objectives", models.JSONField(blank=True, default=list, verbose_name="objectifs")),
                ("tasks", models.JSONField(blank=True, default=list, verbose_name="tâches")),
                (
                    "dyad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="mentoring.dyad"
                    ),
                ),
            ],
            options={
                "ordering": ["signed_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DyadTimetable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="jour de la semaine, lundi = 1"
                    ),
                ),
                ("cycle_day", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="jour du cycle")),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="heure")),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée en minutes")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="lieu")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="début")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                (
                    "dyad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="timetables", to="mentoring.dyad"
                    ),
                ),
            ],
            options={
                "ordering": ["weekday", "cycle_day", "starts_at", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="mentoring_dyadtimetable_range_ordered",
                        violation_error_message="La fin précède le début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cycle_day__isnull", True), ("weekday__range", (1, 7))),
                            models.Q(("cycle_day__range", (1, 10)), ("weekday__isnull", True)),
                            _connector="OR",
                        ),
                        name="mentoring_dyadtimetable_weekday_or_cycle_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DyadMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("entry_uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("on", models.DateField(verbose_name="date")),
                ("logged_on", models.DateField(blank=True, null=True, verbose_name="consignée le")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "note_level",
                    models.CharField(
                        choices=[("ordinary", "ordinaire"), ("confidential", "confidentielle")],
                        default="ordinary",
                        max_length=12,
                        verbose_name="niveau de la note",
                    ),
                ),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "prévue"), ("held", "tenue"), ("not_held", "non tenue")],
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("student_absent", "absence de l’élève"),
                            ("adult_absent", "absence de l’adulte"),
                            ("school_closed", "école fermée"),
                            ("other", "autre motif"),
                        ],
                        max_length=14,
                        verbose_name="motif",
                    ),
                ),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="heure")),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée en minutes")),
                ("planned", models.BooleanField(default=False, verbose_name="était prévue")),
                ("late_reason", models.CharField(blank=True, max_length=300, verbose_name="motif de l’entrée tardive")),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "en personne"),
                            ("video", "par vidéo"),
                            ("phone", "par téléphone"),
                            ("email", "par courriel"),
                            ("message", "par message"),
                        ],
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        blank=True,
                        choices=[("individual", "individuel"), ("group", "en groupe")],
                        max_length=10,
                        verbose_name="mode",
                    ),
                ),
                (
                    "activity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("discussion", "échange"),
                            ("shared_activity", "activité ensemble"),
                            ("problem_solving", "résolution de problème"),
                        ],
                        max_length=16,
                        verbose_name="activité",
                    ),
                ),
                ("structured", models.BooleanField(blank=True, null=True, verbose_name="activité structurée")),
                (
                    "chosen_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("student", "élève"),
                            ("mentor", "mentore ou mentor"),
                            ("together", "ensemble"),
                            ("programme", "programme"),
                        ],
                        max_length=10,
                        verbose_name="choisie par",
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("personal", "personnel"),
                            ("social", "social"),
                            ("school", "scolaire"),
                            ("career", "professionnel"),
                        ],
                        max_length=10,
                        verbose_name="thème",
                    ),
                ),
                ("activity_kind", models.CharField(blank=True, max_length=60, verbose_name="genre d’activité")),
                ("problem_kind", models.CharField(blank=True, max_length=60, verbose_name="genre de problème")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="meetings", to="mentoring.dyad"
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tenue par",
                    ),
                ),
                (
                    "note_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "timetable",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="meetings",
                        to="mentoring.dyadtimetable",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "starts_at", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["dyad", "on"], name="mentoring_meeting_dyad_on")],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="mentoring_dyadmeeting_key_in_board"),
                    models.UniqueConstraint(fields=("timetable", "on"), name="mentoring_dyadmeeting_one_per_slot"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("entry_uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("on", models.DateField(verbose_name="date")),
                ("logged_on", models.DateField(blank=True, null=True, verbose_name="consignée le")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "note_level",
                    models.CharField(
                        choices=[("ordinary", "ordinaire"), ("confidential", "confidentielle")],
                        default="ordinary",
                        max_length=12,
                        verbose_name="niveau de la note",
                    ),
                ),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("recognised", models.BooleanField(default=False, verbose_name="réussite reconnue")),
                (
                    "skill",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("teacher", "parler à une enseignante ou un enseignant"),
                            ("parents", "parler à ses parents"),
                            ("notes", "prendre des notes"),
                            ("other", "autre"),
                        ],
                        max_length=8,
                        verbose_name="habileté exercée",
                    ),
                ),
                ("lates_reviewed", models.BooleanField(default=False, verbose_name="retards revus")),
                ("discipline_reviewed", models.BooleanField(default=False, verbose_name="notes de discipline revues")),
                ("results_reviewed", models.BooleanField(default=False, verbose_name="résultats revus")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="followups", to="mentoring.dyad"
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["dyad", "on"], name="mentoring_followup_dyad_on")],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="mentoring_followup_key_in_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDifficultEvent",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("entry_uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("on", models.DateField(verbose_name="date")),
                ("logged_on", models.DateField(blank=True, null=True, verbose_name="consignée le")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "note_level",
                    models.CharField(
                        choices=[("ordinary", "ordinaire"), ("confidential", "confidentielle")],
                        default="ordinary",
                        max_length=12,
                        verbose_name="niveau de la note",
                    ),
                ),
                ("saved_at", models.DateTimeField(blank=True, editable=False)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("failure", "échec scolaire"),
                            ("conflict", "conflit"),
                            ("family", "événement familial"),
                            ("other", "autre"),
                        ],
                        max_length=8,
                        verbose_name="nature",
                    ),
                ),
                ("supported_on", models.DateField(blank=True, null=True, verbose_name="soutien offert le")),
                ("support", models.CharField(blank=True, max_length=300, verbose_name="soutien")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="mentoring.dyad",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical difficult event",
                "verbose_name_plural": "historical difficult events",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDyadMeeting",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("entry_uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("on", models.DateField(verbose_name="date")),
                ("logged_on", models.DateField(blank=True, null=True, verbose_name="consignée le")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "note_level",
                    models.CharField(
                        choices=[("ordinary", "ordinaire"), ("confidential", "confidentielle")],
                        default="ordinary",
                        max_length=12,
                        verbose_name="niveau de la note",
                    ),
                ),
                ("saved_at", models.DateTimeField(blank=True, editable=False)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "prévue"), ("held", "tenue"), ("not_held", "non tenue")],
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("student_absent", "absence de l’élève"),
                            ("adult_absent", "absence de l’adulte"),
                            ("school_closed", "école fermée"),
                            ("other", "autre motif"),
                        ],
                        max_length=14,
                        verbose_name="motif",
                    ),
                ),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="heure")),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée en minutes")),
                ("planned", models.BooleanField(default=False, verbose_name="était prévue")),
                ("late_reason", models.CharField(blank=True, max_length=300, verbose_name="motif de l’entrée tardive")),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "en personne"),
                            ("video", "par vidéo"),
                            ("phone", "par téléphone"),
                            ("email", "par courriel"),
                            ("message", "par message"),
                        ],
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        blank=True,
                        choices=[("individual", "individuel"), ("group", "en groupe")],
                        max_length=10,
                        verbose_name="mode",
                    ),
                ),
                (
                    "activity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("discussion", "échange"),
                            ("shared_activity", "activité ensemble"),
                            ("problem_solving", "résolution de problème"),
                        ],
                        max_length=16,
                        verbose_name="activité",
                    ),
                ),
                ("structured", models.BooleanField(blank=True, null=True, verbose_name="activité structurée")),
                (
                    "chosen_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("student", "élève"),
                            ("mentor", "mentore ou mentor"),
                            ("together", "ensemble"),
                            ("programme", "programme"),
                        ],
                        max_length=10,
                        verbose_name="choisie par",
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("personal", "personnel"),
                            ("social", "social"),
                            ("school", "scolaire"),
                            ("career", "professionnel"),
                        ],
                        max_length=10,
                        verbose_name="thème",
                    ),
                ),
                ("activity_kind", models.CharField(blank=True, max_length=60, verbose_name="genre d’activité")),
                ("problem_kind", models.CharField(blank=True, max_length=60, verbose_name="genre de problème")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="mentoring.dyad",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tenue par",
                    ),
                ),
                (
                    "note_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "timetable",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="mentoring.dyadtimetable",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical dyad meeting",
                "verbose_name_plural": "historical dyad meetings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFollowUp",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("entry_uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("on", models.DateField(verbose_name="date")),
                ("logged_on", models.DateField(blank=True, null=True, verbose_name="consignée le")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "note_level",
                    models.CharField(
                        choices=[("ordinary", "ordinaire"), ("confidential", "confidentielle")],
                        default="ordinary",
                        max_length=12,
                        verbose_name="niveau de la note",
                    ),
                ),
                ("saved_at", models.DateTimeField(blank=True, editable=False)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("recognised", models.BooleanField(default=False, verbose_name="réussite reconnue")),
                (
                    "skill",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("teacher", "parler à une enseignante ou un enseignant"),
                            ("parents", "parler à ses parents"),
                            ("notes", "prendre des notes"),
                            ("other", "autre"),
                        ],
                        max_length=8,
                        verbose_name="habileté exercée",
                    ),
                ),
                ("lates_reviewed", models.BooleanField(default=False, verbose_name="retards revus")),
                ("discipline_reviewed", models.BooleanField(default=False, verbose_name="notes de discipline revues")),
                ("results_reviewed", models.BooleanField(default=False, verbose_name="résultats revus")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="mentoring.dyad",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical follow up",
                "verbose_name_plural": "historical follow ups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRelationshipReview",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("entry_uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("on", models.DateField(verbose_name="date")),
                ("logged_on", models.DateField(blank=True, null=True, verbose_name="consignée le")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "note_level",
                    models.CharField(
                        choices=[("ordinary", "ordinaire"), ("confidential", "confidentielle")],
                        default="ordinary",
                        max_length=12,
                        verbose_name="niveau de la note",
                    ),
                ),
                ("saved_at", models.DateTimeField(blank=True, editable=False)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("redefined", models.BooleanField(default=False, verbose_name="relation redéfinie")),
                ("agreed", models.CharField(blank=True, max_length=500, verbose_name="ce qui est convenu")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="mentoring.dyad",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical relationship review",
                "verbose_name_plural": "historical relationship reviews",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTeacherLiaison",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("entry_uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("on", models.DateField(verbose_name="date")),
                ("logged_on", models.DateField(blank=True, null=True, verbose_name="consignée le")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "note_level",
                    models.CharField(
                        choices=[("ordinary", "ordinaire"), ("confidential", "confidentielle")],
                        default="ordinary",
                        max_length=12,
                        verbose_name="niveau de la note",
                    ),
                ),
                ("saved_at", models.DateTimeField(blank=True, editable=False)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("in_person", "en personne"),
                            ("video", "par vidéo"),
                            ("phone", "par téléphone"),
                            ("email", "par courriel"),
                            ("message", "par message"),
                        ],
                        default="in_person",
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=120, verbose_name="matière")),
                ("achievement_heard", models.BooleanField(default=False, verbose_name="une réussite de la semaine")),
                ("work_heard", models.BooleanField(default=False, verbose_name="le travail de la semaine")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="mentoring.dyad",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical teacher liaison",
                "verbose_name_plural": "historical teacher liaisons",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDyad",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                ("committed_until", models.DateField(blank=True, null=True, verbose_name="fin de l’engagement")),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="motif de fin")),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mentor", "mentore ou mentor"),
                            ("student", "élève"),
                            ("family", "famille"),
                            ("school", "école"),
                            ("other", "autre"),
                        ],
                        max_length=8,
                        verbose_name="à l’initiative de",
                    ),
                ),
                ("planned_handover", models.BooleanField(default=False, verbose_name="relais planifié")),
                (
                    "closure_talk",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("held", "a eu lieu"),
                            ("planned", "est prévu"),
                            ("not_possible", "n’est pas possible"),
                        ],
                        max_length=12,
                        verbose_name="dernier échange",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.program",
                        verbose_name="programme",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.student",
                        verbose_name="élève",
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="mentoring.mentor",
                        verbose_name="mentore ou mentor",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical dyad",
                "verbose_name_plural": "historical dyads",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="MentorApproach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("on", models.DateField(verbose_name="date")),
                ("beliefs", models.TextField(blank=True, verbose_name="croyances")),
                ("attitudes", models.TextField(blank=True, verbose_name="attitudes")),
                ("behaviours", models.TextField(blank=True, verbose_name="comportements")),
                ("style", models.TextField(blank=True, verbose_name="style")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approaches", to="mentoring.mentor"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="mentoring_mentorapproach_key_in_board"),
                    models.UniqueConstraint(fields=("mentor", "on"), name="mentoring_approach_one_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="motif")),
                (
                    "dyad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="mentoring.dyad"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="mentoring_pause_range_ordered",
                        violation_error_message="La fin précède le début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("referred_on", models.DateField(verbose_name="depuis le")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="fermée le")),
                ("needs", models.TextField(blank=True, verbose_name="besoins")),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="programs.program"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="referrals", to="people.student"
                    ),
                ),
            ],
            options={
                "ordering": ["referred_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("referred_on__isnull", True),
                            ("closed_on__gte", models.F("referred_on")),
                            _connector="OR",
                        ),
                        name="mentoring_referral_range_ordered",
                        violation_error_message="La fin précède le début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RelationshipReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("entry_uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("on", models.DateField(verbose_name="date")),
                ("logged_on", models.DateField(blank=True, null=True, verbose_name="consignée le")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "note_level",
                    models.CharField(
                        choices=[("ordinary", "ordinaire"), ("confidential", "confidentielle")],
                        default="ordinary",
                        max_length=12,
                        verbose_name="niveau de la note",
                    ),
                ),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("redefined", models.BooleanField(default=False, verbose_name="relation redéfinie")),
                ("agreed", models.CharField(blank=True, max_length=500, verbose_name="ce qui est convenu")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="mentoring.dyad"
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["dyad", "on"], name="mentoring_review_dyad_on")],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="mentoring_relationshipreview_key_in_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="StyleSelfAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("on", models.DateField(verbose_name="date")),
                ("markers", models.JSONField(blank=True, default=list, verbose_name="repères")),
                (
                    "developmental",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="repères développementaux"
                    ),
                ),
                (
                    "prescriptive",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="repères prescriptifs"),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="self_assessments",
                        to="mentoring.mentor",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="mentoring_styleselfassessment_key_in_board"),
                    models.UniqueConstraint(fields=("mentor", "on"), name="mentoring_style_one_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeacherLiaison",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("entry_uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("on", models.DateField(verbose_name="date")),
                ("logged_on", models.DateField(blank=True, null=True, verbose_name="consignée le")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "note_level",
                    models.CharField(
                        choices=[("ordinary", "ordinaire"), ("confidential", "confidentielle")],
                        default="ordinary",
                        max_length=12,
                        verbose_name="niveau de la note",
                    ),
                ),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("in_person", "en personne"),
                            ("video", "par vidéo"),
                            ("phone", "par téléphone"),
                            ("email", "par courriel"),
                            ("message", "par message"),
                        ],
                        default="in_person",
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=120, verbose_name="matière")),
                ("achievement_heard", models.BooleanField(default=False, verbose_name="une réussite de la semaine")),
                ("work_heard", models.BooleanField(default=False, verbose_name="le travail de la semaine")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="liaisons", to="mentoring.dyad"
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["dyad", "on"], name="mentoring_liaison_dyad_on")],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="mentoring_teacherliaison_key_in_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("initial", "initiale"), ("ongoing", "continue")], max_length=8, verbose_name="nature"
                    ),
                ),
                ("completed_on", models.DateField(verbose_name="terminée le")),
                ("minutes", models.PositiveIntegerField(verbose_name="durée en minutes")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="titre")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trainings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["completed_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DifficultEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("entry_uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("on", models.DateField(verbose_name="date")),
                ("logged_on", models.DateField(blank=True, null=True, verbose_name="consignée le")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "note_level",
                    models.CharField(
                        choices=[("ordinary", "ordinaire"), ("confidential", "confidentielle")],
                        default="ordinary",
                        max_length=12,
                        verbose_name="niveau de la note",
                    ),
                ),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("failure", "échec scolaire"),
                            ("conflict", "conflit"),
                            ("family", "événement familial"),
                            ("other", "autre"),
                        ],
                        max_length=8,
                        verbose_name="nature",
                    ),
                ),
                ("supported_on", models.DateField(blank=True, null=True, verbose_name="soutien offert le")),
                ("support", models.CharField(blank=True, max_length=300, verbose_name="soutien")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="difficult_events",
                        to="mentoring.dyad",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["dyad", "on"], name="mentoring_event_dyad_on")],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="mentoring_difficultevent_key_in_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="DyadSubstitute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(verbose_name="fin")),
                (
                    "dyad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="substitutes", to="mentoring.dyad"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne qui remplace",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="mentoring_dyadsubstitute_range_ordered",
                        violation_error_message="La fin précède le début.",
                    )
                ],
            },
        ),
    ]
