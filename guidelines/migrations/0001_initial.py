import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import people.models.base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("mentoring", "0001_initial"),
        ("people", "0001_initial"),
        ("people", "__first__"),
        ("programs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Flag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("guideline", models.CharField(max_length=40, verbose_name="balise")),
                ("cause", models.CharField(default="", max_length=40, verbose_name="cause")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("critical", "Prioritaire"),
                            ("warning", "À surveiller"),
                            ("info", "Pour information"),
                        ],
                        max_length=8,
                        verbose_name="gravité",
                    ),
                ),
                ("value", models.IntegerField(blank=True, null=True, verbose_name="valeur observée")),
                ("threshold", models.IntegerField(blank=True, null=True, verbose_name="balise")),
                (
                    "confidence",
                    models.CharField(
                        choices=[("complete", "complètes"), ("partial", "partielles")],
                        max_length=8,
                        verbose_name="données",
                    ),
                ),
                ("catalogue_version", models.PositiveIntegerField(verbose_name="version du catalogue")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "à examiner"),
                            ("taken", "en charge"),
                            ("snoozed", "reporté"),
                            ("dismissed", "écarté"),
                            ("cleared", "réglé"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="suivi",
                    ),
                ),
                ("raised_on", models.DateField(verbose_name="relevé le")),
                ("cleared_on", models.DateField(blank=True, null=True, verbose_name="réglé le")),
                ("until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="flags", to="people.schoolboard"
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to="mentoring.dyad",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to="programs.supportgroup",
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to="mentoring.mentor",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to="programs.program",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teacher_flags",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("cleared_on__isnull", True)), fields=["board"], name="guidelines_flag_live"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cleared_on__isnull", True)),
                        fields=("guideline", "dyad"),
                        name="guidelines_flag_one_live_per_dyad",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cleared_on__isnull", True)),
                        fields=("guideline", "mentor"),
                        name="guidelines_flag_one_live_per_mentor",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cleared_on__isnull", True)),
                        fields=("guideline", "group"),
                        name="guidelines_flag_one_live_per_group",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cleared_on__isnull", True)),
                        fields=("guideline", "teacher"),
                        name="guidelines_flag_one_live_per_teacher",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cleared_on__isnull", True)),
                        fields=("guideline", "program"),
                        name="guidelines_flag_one_live_per_program",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dyad__isnull", False),
                                ("group__isnull", True),
                                ("mentor__isnull", True),
                                ("program__isnull", True),
                                ("teacher__isnull", True),
                            ),
                            models.Q(
                                ("dyad__isnull", True),
                                ("group__isnull", True),
                                ("mentor__isnull", False),
                                ("program__isnull", True),
                                ("teacher__isnull", True),
                            ),
                            models.Q(
                                ("dyad__isnull", True),
                                ("group__isnull", False),
                                ("mentor__isnull", True),
                                ("program__isnull", True),
                                ("teacher__isnull", True),
                            ),
                            models.Q(
                                ("dyad__isnull", True),
                                ("group__isnull", True),
                                ("mentor__isnull", True),
                                ("program__isnull", True),
                                ("teacher__isnull", False),
                            ),
                            models.Q(
                                ("dyad__isnull", True),
                                ("group__isnull", True),
                                ("mentor__isnull", True),
                                ("program__isnull", False),
                                ("teacher__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="guidelines_flag_one_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cleared_on__isnull", False), ("state", "cleared")),
                            models.Q(models.Q(("state", "cleared"), _negated=True), ("cleared_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="guidelines_flag_cleared_has_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FlagEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("raised", "relevé"),
                            ("severity", "gravité changée"),
                            ("seen", "vu"),
                            ("taken", "pris en charge"),
                            ("snoozed", "reporté"),
                            ("dismissed", "écarté"),
                            ("reopened", "rouvert"),
                            ("cleared", "réglé"),
                        ],
                        max_length=9,
                        verbose_name="événement",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="moment")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("critical", "Prioritaire"),
                            ("warning", "À surveiller"),
                            ("info", "Pour information"),
                        ],
                        max_length=8,
                        verbose_name="gravité",
                    ),
                ),
                ("value", models.IntegerField(blank=True, null=True, verbose_name="valeur observée")),
                ("reason", models.TextField(blank=True, verbose_name="motif")),
                ("until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                (
                    "flag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="guidelines.flag"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="GuidelineSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("guideline", models.CharField(max_length=40, verbose_name="balise")),
                ("name", models.CharField(max_length=40, verbose_name="valeur")),
                ("value", models.PositiveIntegerField(blank=True, null=True, verbose_name="nouvelle valeur")),
                ("starts_on", models.DateField(verbose_name="à partir du")),
                ("reason", models.CharField(max_length=300, verbose_name="motif")),
                ("set_at", models.DateTimeField(auto_now_add=True)),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="settings",
                        to="programs.program",
                        verbose_name="programme",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="guidelines_guidelinesetting_key_in_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="date évaluée")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="moment")),
                ("raised", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("cleared", models.PositiveIntegerField(default=0)),
                ("milliseconds", models.PositiveIntegerField(default=0)),
                ("catalogue_version", models.PositiveIntegerField()),
                ("backfilled", models.BooleanField(default=False)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evaluations", to="people.schoolboard"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
                "indexes": [models.Index(fields=["board", "-on"], name="guidelines_evaluation_last")],
            },
        ),
    ]
