import uuid

import django.core.validators
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
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalFunctionTime",
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
                    "function",
                    models.CharField(
                        choices=[
                            ("students", "accompagner des élèves"),
                            ("teachers", "soutenir d’autres enseignantes et enseignants"),
                            ("services", "se concerter avec les services complémentaires"),
                        ],
                        max_length=8,
                        verbose_name="fonction",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="durée en minutes")),
                ("preparation", models.BooleanField(default=False, verbose_name="préparation")),
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
                (
                    "person",
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
                "verbose_name": "historical function time",
                "verbose_name_plural": "historical function times",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Program",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                (
                    "domain",
                    models.CharField(
                        choices=[("group", "accompagnement en groupe"), ("mentoring", "mentorat")],
                        max_length=12,
                        verbose_name="domaine",
                    ),
                ),
                ("forms", models.JSONField(blank=True, default=list, verbose_name="formes")),
                (
                    "intervention",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passage", "passage du primaire au secondaire"),
                            ("communaute", "communauté d’apprentissage et climat"),
                            ("travail_scolaire", "travail scolaire et étude"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "mentoring_form",
                    models.CharField(
                        blank=True,
                        choices=[("individual", "individuel"), ("group", "en groupe"), ("remote", "à distance")],
                        max_length=12,
                        verbose_name="forme de mentorat",
                    ),
                ),
                (
                    "population",
                    models.CharField(
                        blank=True,
                        choices=[("universal", "universelle"), ("targeted", "ciblée")],
                        max_length=12,
                        verbose_name="population",
                    ),
                ),
                ("whole_class", models.BooleanField(blank=True, null=True, verbose_name="en groupe-classe")),
                ("school_wide", models.BooleanField(blank=True, null=True, verbose_name="à l’échelle de l’école")),
                (
                    "prevents_dropout",
                    models.BooleanField(blank=True, null=True, verbose_name="vise la prévention du décrochage"),
                ),
                (
                    "cadence_unit",
                    models.CharField(
                        choices=[("week", "semaine"), ("cycle", "cycle de jours de classe")],
                        default="week",
                        max_length=5,
                        verbose_name="cadence",
                    ),
                ),
                (
                    "cadence_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="jours du cycle",
                    ),
                ),
                (
                    "meetings_per_unit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="rencontres par semaine ou cycle"
                    ),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="durée d’une rencontre, en minutes"
                    ),
                ),
                (
                    "logging_grace_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[django.core.validators.MaxValueValidator(28)],
                        verbose_name="jours pour consigner",
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
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programs",
                        to="people.school",
                        verbose_name="école",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="programs_program_key_in_board"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cadence_unit", "week"),
                            models.Q(("cadence_days__range", (5, 10)), ("cadence_unit", "cycle")),
                            _connector="OR",
                        ),
                        name="programs_program_cycle_5_to_10",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSupportGroup",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
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
            ],
            options={
                "verbose_name": "historical support group",
                "verbose_name_plural": "historical support groups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ExpectedResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("text", models.CharField(max_length=300, verbose_name="résultat attendu")),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="results", to="programs.program"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="programs_expectedresult_key_in_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgramActivity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("name", models.CharField(max_length=200, verbose_name="activité")),
                ("content", models.CharField(blank=True, max_length=60, verbose_name="contenu")),
                (
                    "theme",
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
                (
                    "format",
                    models.CharField(
                        blank=True,
                        choices=[("group", "tout le groupe"), ("teams", "en équipes"), ("individual", "individuel")],
                        max_length=10,
                        verbose_name="format",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="activities", to="programs.program"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="activities",
                        to="programs.expectedresult",
                        verbose_name="résultat",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="programs_programactivity_key_in_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgramRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                (
                    "actor",
                    models.CharField(
                        choices=[
                            ("manager", "direction"),
                            ("lead", "responsable de programme"),
                            ("trainer", "formation et conseil"),
                            ("teacher", "personnel-ressource"),
                            ("mentor", "mentores et mentors"),
                            ("family", "parents"),
                        ],
                        max_length=8,
                        verbose_name="acteur",
                    ),
                ),
                ("role", models.TextField(blank=True, verbose_name="rôle")),
                ("limits", models.TextField(blank=True, verbose_name="limites")),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="roles", to="programs.program"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="programs_programrole_key_in_board"),
                    models.UniqueConstraint(fields=("program", "actor"), name="programs_programrole_one_per_actor"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleAcknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("acknowledged_on", models.DateField(verbose_name="le")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acknowledgements",
                        to="programs.programrole",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("role", "person"), name="programs_acknowledgement_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField(verbose_name="date")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("class", "jour de classe"),
                            ("pedagogical", "journée pédagogique"),
                            ("holiday", "congé"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="days", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["date"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind", "class")),
                        fields=["school", "date"],
                        name="programs_schoolday_class",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("school", "date"), name="programs_schoolday_one_per_date")
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("label", models.CharField(max_length=60, verbose_name="année")),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(verbose_name="fin")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.schoolboard",
                        verbose_name="organisme",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="programs_schoolyear_key_in_board"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="programs_schoolyear_range_ordered",
                        violation_error_message="La fin précède le début.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
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
                        related_name="groups",
                        to="programs.program",
                        verbose_name="programme",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="programs_supportgroup_key_in_board"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="programs_supportgroup_range_ordered",
                        violation_error_message="La fin précède le début.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupTimetable",
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
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="timetables",
                        to="programs.supportgroup",
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
                        name="programs_grouptimetable_range_ordered",
                        violation_error_message="La fin précède le début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cycle_day__isnull", True), ("weekday__range", (1, 7))),
                            models.Q(("cycle_day__range", (1, 10)), ("weekday__isnull", True)),
                            _connector="OR",
                        ),
                        name="programs_grouptimetable_weekday_or_cycle_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StudentContact",
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
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée en minutes")),
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
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="people.student"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="student_contacts",
                        to="programs.supportgroup",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["student", "on"], name="programs_studentcontact_on")],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="programs_studentcontact_key_in_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStudentContact",
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
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée en minutes")),
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
                (
                    "student",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.student",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.supportgroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical student contact",
                "verbose_name_plural": "historical student contacts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGroupReview",
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
                ("tie", models.CharField(blank=True, max_length=300, verbose_name="nature du lien")),
                (
                    "intensity",
                    models.CharField(
                        blank=True,
                        choices=[("light", "léger"), ("regular", "régulier"), ("close", "soutenu")],
                        max_length=8,
                        verbose_name="intensité du lien",
                    ),
                ),
                ("functions", models.CharField(blank=True, max_length=300, verbose_name="fonctions de chacun")),
                ("evolution", models.CharField(blank=True, max_length=500, verbose_name="évolution")),
                (
                    "fit",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "oui"), ("partly", "en partie"), ("no", "non")],
                        max_length=6,
                        verbose_name="réponses adaptées aux besoins",
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
                (
                    "student",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.student",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.supportgroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical group review",
                "verbose_name_plural": "historical group reviews",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGroupMember",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="motif de fin")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                    "student",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.student",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.supportgroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical group member",
                "verbose_name_plural": "historical group members",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGroupMeeting",
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
                ("attendance", models.JSONField(null=True, verbose_name="présences")),
                (
                    "slot",
                    models.CharField(
                        blank=True,
                        choices=[("morning", "matin"), ("midday", "midi"), ("end_of_day", "fin de journée")],
                        max_length=10,
                        verbose_name="moment",
                    ),
                ),
                ("activities", models.JSONField(blank=True, default=list, verbose_name="activités")),
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
                        to="programs.grouptimetable",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.supportgroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical group meeting",
                "verbose_name_plural": "historical group meetings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFamilyContact",
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
                        default="phone",
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reached", "échange avec la famille"),
                            ("message_left", "message laissé"),
                            ("no_answer", "sans réponse"),
                        ],
                        default="reached",
                        max_length=12,
                        verbose_name="résultat",
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
                    "guardian",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.guardian",
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
                (
                    "student",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.student",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.supportgroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical family contact",
                "verbose_name_plural": "historical family contacts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="GroupSubstitute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(verbose_name="fin")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne qui remplace",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="substitutes",
                        to="programs.supportgroup",
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
                        name="programs_groupsubstitute_range_ordered",
                        violation_error_message="La fin précède le début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupReview",
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
                ("tie", models.CharField(blank=True, max_length=300, verbose_name="nature du lien")),
                (
                    "intensity",
                    models.CharField(
                        blank=True,
                        choices=[("light", "léger"), ("regular", "régulier"), ("close", "soutenu")],
                        max_length=8,
                        verbose_name="intensité du lien",
                    ),
                ),
                ("functions", models.CharField(blank=True, max_length=300, verbose_name="fonctions de chacun")),
                ("evolution", models.CharField(blank=True, max_length=500, verbose_name="évolution")),
                (
                    "fit",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "oui"), ("partly", "en partie"), ("no", "non")],
                        max_length=6,
                        verbose_name="réponses adaptées aux besoins",
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
                    "student",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_reviews",
                        to="people.student",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="programs.supportgroup"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["group", "on"], name="programs_groupreview_on")],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="programs_groupreview_key_in_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="motif de fin")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_memberships",
                        to="people.student",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="programs.supportgroup"
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
                        name="programs_groupmember_range_ordered",
                        violation_error_message="La fin précède le début.",
                    ),
                    models.UniqueConstraint(fields=("group", "student", "starts_on"), name="programs_groupmember_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupMeeting",
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
                    "slot",
                    models.CharField(
                        blank=True,
                        choices=[("morning", "matin"), ("midday", "midi"), ("end_of_day", "fin de journée")],
                        max_length=10,
                        verbose_name="moment",
                    ),
                ),
                ("activities", models.JSONField(blank=True, default=list, verbose_name="activités")),
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
                        to="programs.grouptimetable",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="meetings", to="programs.supportgroup"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "starts_at", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["group", "on"], name="programs_meeting_group_on")],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="programs_groupmeeting_key_in_board"),
                    models.UniqueConstraint(fields=("timetable", "on"), name="programs_groupmeeting_one_per_slot"),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupLead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("leave", "congé"),
                            ("left", "départ"),
                            ("reassigned", "réaffectation"),
                            ("other", "autre"),
                        ],
                        max_length=12,
                        verbose_name="motif de fin",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_groups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="leads", to="programs.supportgroup"
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
                        name="programs_grouplead_range_ordered",
                        violation_error_message="La fin précède le début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyContact",
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
                        default="phone",
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reached", "échange avec la famille"),
                            ("message_left", "message laissé"),
                            ("no_answer", "sans réponse"),
                        ],
                        default="reached",
                        max_length=12,
                        verbose_name="résultat",
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
                    "guardian",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contacts",
                        to="people.guardian",
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
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="family_contacts", to="people.student"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="family_contacts",
                        to="programs.supportgroup",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["student", "on"], name="programs_familycontact_on")],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="programs_familycontact_key_in_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="TeacherRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("percent", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="pourcentage")),
                (
                    "base",
                    models.CharField(
                        choices=[("whole_task", "tâche complète"), ("teaching_task", "tâche d’enseignement")],
                        max_length=14,
                        verbose_name="base",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="releases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="releases", to="programs.schoolyear"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0), ("percent__lte", 100)), name="programs_release_0_to_100"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="étape")),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(verbose_name="fin")),
                (
                    "school_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="programs.schoolyear"
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
                        name="programs_term_range_ordered",
                        violation_error_message="La fin précède le début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Foundation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("support", "les façons de soutenir les élèves"),
                            ("crises", "la gestion des épisodes de crise"),
                            ("meetings", "l’organisation des rencontres"),
                            ("role", "le rôle et ses limites"),
                            ("needs", "mes besoins et mes attentes"),
                        ],
                        max_length=8,
                        verbose_name="fondement",
                    ),
                ),
                ("stated_on", models.DateField(verbose_name="énoncé le")),
                ("statement", models.TextField(verbose_name="énoncé")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="foundations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["person", "topic"],
                "constraints": [models.UniqueConstraint(fields=("person", "topic"), name="programs_foundation_once")],
            },
        ),
        migrations.CreateModel(
            name="FunctionTime",
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
                    "function",
                    models.CharField(
                        choices=[
                            ("students", "accompagner des élèves"),
                            ("teachers", "soutenir d’autres enseignantes et enseignants"),
                            ("services", "se concerter avec les services complémentaires"),
                        ],
                        max_length=8,
                        verbose_name="fonction",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="durée en minutes")),
                ("preparation", models.BooleanField(default=False, verbose_name="préparation")),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="function_times",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["person", "on"], name="programs_functiontime_on")],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="programs_functiontime_key_in_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("present", "présence"),
                            ("late", "retard"),
                            ("absent", "absence"),
                            ("excused", "absence motivée"),
                        ],
                        max_length=8,
                        verbose_name="présence",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="people.student"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="programs.groupmeeting",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "student"), name="programs_attendance_once")
                ],
            },
        ),
    ]
