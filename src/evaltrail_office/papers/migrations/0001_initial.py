import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import evaltrail_office.papers.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("jobs", "0001_initial"),
        ("shelf", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("signers", models.JSONField(default=evaltrail_office.papers.models.usual_signers)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("document", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="draft", to="shelf.document")),
                (
                    "edition_of",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="shelf.document"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="jobs.job"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=10)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("facts", models.PositiveIntegerField()),
                ("issued_by", models.CharField(max_length=80)),
                ("issued", models.DateTimeField(default=django.utils.timezone.now)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="issues", to="shelf.document")),
                ("version", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shelf.version")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("document", "form", "sha256"), name="issue_once_a_file")],
            },
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=30)),
                ("signed_by", models.CharField(max_length=80)),
                ("signed", models.DateTimeField(default=django.utils.timezone.now)),
                ("entry", models.PositiveBigIntegerField()),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sign_offs", to="shelf.document")),
                ("version", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shelf.version")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("version", "role"), name="sign_off_once_a_role")],
            },
        ),
    ]
