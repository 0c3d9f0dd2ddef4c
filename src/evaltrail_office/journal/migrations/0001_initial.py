import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("actor", models.CharField(max_length=80)),
                ("verb", models.CharField(max_length=60)),
                ("thing", models.CharField(max_length=120)),
                ("about", models.CharField(blank=True, default="", max_length=40)),
                ("old", models.JSONField(null=True)),
                ("new", models.JSONField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
            ],
            options={
                "verbose_name_plural": "entries",
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["thing", "id"], name="journal_ent_thing_d00dae_idx"),
                    models.Index(fields=["about", "id"], name="journal_ent_about_690d4a_idx"),
                ],
                "constraints": [models.CheckConstraint(condition=models.Q(("actor", ""), _negated=True), name="entry_has_an_actor")],
            },
        ),
    ]
