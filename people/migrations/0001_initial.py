import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import people.models.base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolBoard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=people.models.base.new_key, max_length=120, unique=True, verbose_name="clé"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("css", "centre de services scolaire"),
                            ("commission_scolaire", "commission scolaire"),
                            ("private", "établissement privé"),
                        ],
                        default="css",
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fr", "français"), ("en", "anglais")],
                        default="fr",
                        max_length=2,
                        verbose_name="langue",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(default="America/Toronto", max_length=60, verbose_name="fuseau horaire"),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="School",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
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
                "ordering": ["name"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("board", "key"), name="people_school_key_in_board")],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("given_name", models.CharField(blank=True, max_length=120, verbose_name="prénom")),
                ("family_name", models.CharField(blank=True, max_length=120, verbose_name="nom")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name="courriel"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="actif")),
                ("is_staff", models.BooleanField(default=False, verbose_name="exploitation")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="people.school",
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="people.schoolboard",
                    ),
                ),
            ],
            options={
                "ordering": ["family_name", "given_name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="people_user_key_in_board"),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="people_user_email_without_case"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailPreference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BooleanField(default=True, verbose_name="bilan de la semaine")),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_preference",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("critical", "Nouveau point prioritaire"), ("reopened", "Point de vigilance revenu")],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="moment")),
                ("target", models.BigIntegerField(blank=True, null=True, verbose_name="objet")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="lue")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.schoolboard"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["person"],
                        name="people_notification_unread",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "kind", "target", "on"), name="people_notification_told_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("digest", "Bilan de la semaine"), ("reminder", "Rappel")],
                        max_length=8,
                        verbose_name="nature",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("target", models.BigIntegerField(blank=True, null=True, verbose_name="objet")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "en attente"),
                            ("claimed", "en cours d’envoi"),
                            ("sent", "envoyé"),
                            ("refused", "refusé par la messagerie"),
                            ("unknown", "envoi incertain"),
                            ("dropped", "sans objet"),
                        ],
                        default="queued",
                        max_length=7,
                        verbose_name="état",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="essais")),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="dernier essai")),
                ("error", models.CharField(blank=True, max_length=60, verbose_name="erreur")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("copy_to", models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="destinataire",
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.schoolboard"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "claimed", "refused"])),
                        fields=["state"],
                        name="people_message_waiting",
                    ),
                    models.Index(fields=["board", "-on"], name="people_message_board_on"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind", "on"), name="people_message_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("resource_teacher", "personnel-ressource"),
                            ("mentor", "mentore ou mentor"),
                            ("program_lead", "responsable de programme"),
                            ("trainer", "formation et conseil"),
                            ("school_manager", "direction"),
                            ("board_admin", "administration du centre"),
                            ("privacy_officer", "protection des renseignements"),
                        ],
                        max_length=20,
                        verbose_name="rôle",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="début")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="people.school",
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="people.schoolboard"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="people_membership_range_ordered",
                        violation_error_message="La fin précède le début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=8)),
                ("on", models.DateField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.schoolboard"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("board", "kind", "on"), name="people_mailing_once")],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="moment")),
                ("verb", models.CharField(max_length=60, verbose_name="geste")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, verbose_name="motif")),
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
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.schoolboard"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["board", "-at"], name="people_audit_board_at")],
            },
        ),
        migrations.CreateModel(
            name="Student",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("given_name", models.CharField(max_length=120, verbose_name="prénom")),
                ("family_name", models.CharField(max_length=120, verbose_name="nom")),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="date de naissance")),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="année du secondaire",
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
                        related_name="students",
                        to="people.school",
                        verbose_name="école",
                    ),
                ),
            ],
            options={
                "ordering": ["family_name", "given_name", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("board", "key"), name="people_student_key_in_board"),
                    models.CheckConstraint(
                        condition=models.Q(("grade__isnull", True), ("grade__range", (1, 5)), _connector="OR"),
                        name="people_student_grade_1_to_5",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guardian",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=people.models.base.new_key, max_length=120, verbose_name="clé")),
                ("given_name", models.CharField(max_length=120, verbose_name="prénom")),
                ("family_name", models.CharField(blank=True, max_length=120, verbose_name="nom")),
                ("relation", models.CharField(blank=True, max_length=60, verbose_name="lien")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="courriel")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="téléphone")),
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
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guardians", to="people.student"
                    ),
                ),
            ],
            options={
                "ordering": ["family_name", "given_name", "pk"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("board", "key"), name="people_guardian_key_in_board")],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=300, verbose_name="adresse")),
                ("content", models.JSONField(verbose_name="saisie")),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "address"), name="people_draft_one_per_form")
                ],
            },
        ),
    ]
