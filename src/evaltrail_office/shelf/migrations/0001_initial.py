import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                ("text_sha256", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("pages", models.PositiveIntegerField(default=0)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "full report"),
                            ("summary", "summary"),
                            ("governing_body", "governing-body paper"),
                            ("response", "management response"),
                            ("terms", "terms of reference"),
                            ("inception", "inception report"),
                            ("follow_up", "follow-up report"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=500)),
                ("symbol", models.CharField(blank=True, default="", max_length=100)),
                ("organisation", models.CharField(blank=True, default="", max_length=300)),
                ("language", models.CharField(blank=True, default="", max_length=10)),
                ("date", models.DateField(blank=True, null=True)),
                ("filename", models.CharField(blank=True, default="", max_length=255)),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("circulated", "circulated"), ("issued", "issued"), ("released", "released")],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("embargo", models.DateField(blank=True, null=True)),
                ("confirmed", models.DateTimeField(blank=True, null=True)),
                ("confirmed_by", models.CharField(blank=True, default="", max_length=80)),
                ("brought_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaced_by", to="shelf.document"
                    ),
                ),
                (
                    "translation_of",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="translations", to="shelf.document"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="shelf.source"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("record_id", models.CharField(max_length=80)),
                ("label", models.CharField(blank=True, default="", max_length=100)),
                ("title", models.CharField(blank=True, default="", max_length=500)),
                ("evaluation_key", models.CharField(blank=True, db_index=True, default="", max_length=20)),
                ("matched_by", models.CharField(blank=True, default="", max_length=80)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="shelf.document")),
            ],
            options={
                "ordering": ("document", "position"),
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("criterion", models.CharField(max_length=60)),
                ("value", models.FloatField(null=True)),
                ("scale", models.TextField(blank=True, default="")),
                ("as_printed", models.CharField(blank=True, default="", max_length=200)),
                ("page", models.PositiveIntegerField(null=True)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="ratings", to="shelf.document")),
                ("part", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="ratings", to="shelf.part")),
            ],
            options={
                "ordering": ("document", "position"),
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_id", models.CharField(max_length=80)),
                ("position", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("number", models.CharField(blank=True, default="", max_length=20)),
                ("label", models.CharField(blank=True, default="", max_length=120)),
                ("text", models.TextField()),
                ("criteria", models.JSONField(default=list)),
                ("responsible", models.JSONField(default=list)),
                ("priority", models.CharField(blank=True, default="", max_length=40)),
                ("time", models.CharField(blank=True, default="", max_length=60)),
                ("resources", models.CharField(blank=True, default="", max_length=40)),
                ("verdict", models.CharField(blank=True, default="", max_length=20)),
                ("page", models.PositiveIntegerField(null=True)),
                ("score", models.FloatField(null=True)),
                ("key", models.CharField(blank=True, db_index=True, default="", max_length=20)),
                ("confirmed", models.DateTimeField(blank=True, null=True)),
                ("confirmed_by", models.CharField(blank=True, default="", max_length=80)),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="statements", to="shelf.document"),
                ),
                ("part", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="statements", to="shelf.part")),
            ],
            options={
                "ordering": ("document", "position"),
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("read", "read by the machine"),
                            ("corrected", "corrected"),
                            ("confirmed", "confirmed"),
                            ("written", "written in the office"),
                            ("issued", "issued"),
                        ],
                        max_length=10,
                    ),
                ),
                ("payload", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("schema", models.CharField(max_length=60)),
                ("reader", models.CharField(blank=True, default="", max_length=40)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("note", models.TextField(blank=True, default="")),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="shelf.document")),
            ],
            options={
                "ordering": ("document", "number"),
            },
        ),
        migrations.AddField(
            model_name="document",
            name="current",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shelf.version"
            ),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("body", models.JSONField()),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone", models.DateTimeField(blank=True, null=True)),
                ("conflict", models.TextField(blank=True, default="")),
                ("found", models.JSONField(default=list)),
                ("said", models.JSONField(default=dict)),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="shelf.document"),
                ),
            ],
            options={
                "ordering": ("document", "position"),
                "constraints": [models.UniqueConstraint(fields=("document", "position"), name="correction_positions_of_a_document")],
            },
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(fields=("document", "record_id"), name="part_once_a_document"),
        ),
        migrations.AddIndex(
            model_name="rating",
            index=models.Index(fields=["criterion", "value"], name="shelf_ratin_criteri_2ad3cd_idx"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["part", "kind"], name="shelf_state_part_id_2ac6bd_idx"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(fields=("document", "record_id"), name="statement_once_a_document"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="version_numbers_of_a_document"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["stage", "id"], name="shelf_docum_stage_9f23b1_idx"),
        ),
    ]
