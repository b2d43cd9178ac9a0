from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the base that the agreement uses; the two others stay."""

    dependencies = [("programs", "0009_minutes_of_a_programme")]

    operations = [
        migrations.AlterField(
            model_name="teacherrelease",
            name="base",
            field=models.CharField(
                choices=[
                    ("educative_task", "tâche éducative"),
                    ("whole_task", "tâche complète"),
                    ("teaching_task", "tâche d’enseignement"),
                ],
                max_length=14,
                verbose_name="base",
            ),
        ),
    ]
