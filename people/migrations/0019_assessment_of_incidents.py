from django.db import migrations


class Migration(migrations.Migration):
    """A form's own ``elements`` are its fields: a page's script could no longer read those of an incident."""

    dependencies = [("people", "0018_incidents_and_destructions")]

    operations = [
        migrations.RenameField("privacyincident", "elements", "assessment"),
        migrations.RenameField("historicalprivacyincident", "elements", "assessment"),
    ]
