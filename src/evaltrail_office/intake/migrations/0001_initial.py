import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("jobs", "0001_initial"),
        ("shelf", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20, unique=True)),
                ("brought_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("evaluation_key", models.CharField(blank=True, default="", max_length=20)),
                ("stopped", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "batches",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Checked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=64)),
                ("remarks", models.JSONField(default=list)),
                ("document", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="shelf.document")),
            ],
            options={
                "verbose_name_plural": "checked",
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("filename", models.CharField(max_length=255)),
                ("size", models.PositiveBigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("reading", "Reading"),
                            ("read", "Read"),
                            ("failed", "Failed"),
                            ("repeated", "Repeated"),
                            ("dropped", "Dropped"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("fault", models.TextField(blank=True, default="")),
                ("notes", models.JSONField(default=list)),
                ("batch", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="items", to="intake.batch")),
                (
                    "document",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="items", to="shelf.document"),
                ),
                ("job", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="jobs.job")),
                ("source", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shelf.source")),
            ],
            options={
                "ordering": ("batch", "position"),
            },
        ),
        migrations.CreateModel(
            name="Resemblance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "likeness",
                    models.CharField(
                        choices=[
                            ("bytes", "the same file as"),
                            ("text", "the same text as"),
                            ("edition", "another edition of"),
                            ("translation", "a translation of"),
                            ("summary", "a summary of"),
                            ("full", "the full paper of the summary"),
                        ],
                        max_length=12,
                    ),
                ),
                ("score", models.FloatField()),
                ("basis", models.CharField(blank=True, default="", max_length=300)),
                ("decided_by", models.CharField(blank=True, default="", max_length=80)),
                ("decided", models.DateTimeField(blank=True, null=True)),
                ("holds", models.BooleanField(null=True)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="shelf.document")),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="resemblances", to="intake.item")),
            ],
            options={
                "ordering": ("item", "-score"),
            },
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("batch", "position"), name="item_positions_of_a_batch"),
        ),
        migrations.AddConstraint(
            model_name="resemblance",
            constraint=models.UniqueConstraint(fields=("item", "document"), name="resemblance_once_a_pair"),
        ),
    ]
