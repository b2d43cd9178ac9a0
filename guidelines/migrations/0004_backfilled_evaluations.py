from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("guidelines", "0003_settings_causes_and_two_subjects"),
    ]

    operations = [
        migrations.AddField(
            model_name="evaluation",
            name="backfilled",
            field=models.BooleanField(default=False),
        ),
    ]
