import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("key", models.CharField(blank=True, max_length=20, unique=True)),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=150)),
                ("language", models.CharField(blank=True, default="", max_length=5)),
                ("theme", models.CharField(blank=True, default="", max_length=5)),
                ("is_administrator", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("name", "id"),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends", models.DateTimeField()),
                ("used", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("code", models.CharField(blank=True, default="", max_length=40)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("evaluates", models.BooleanField(default=False)),
                (
                    "head",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="heads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="predecessors", to="accounts.unit"
                    ),
                ),
                (
                    "within",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.AddField(
            model_name="user",
            name="unit",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="people", to="accounts.unit"
            ),
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("head", "head of evaluation"),
                            ("manager", "evaluation manager"),
                            ("team", "evaluation team"),
                            ("commissioner", "commissioner"),
                            ("reference_group", "reference group"),
                            ("coordinator", "response coordinator"),
                            ("focal_point", "unit focal point"),
                            ("verifier", "verifier"),
                            ("governing_body", "governing-body member"),
                            ("constituent", "constituent"),
                            ("reader", "reader"),
                        ],
                        max_length=30,
                    ),
                ),
                ("evaluation", models.CharField(blank=True, default="", max_length=20)),
                (
                    "group",
                    models.CharField(
                        blank=True,
                        choices=[("government", "government"), ("employers", "employers"), ("workers", "workers")],
                        default="",
                        max_length=20,
                    ),
                ),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, default="")),
                ("emergency", models.BooleanField(default=False)),
                ("given_by", models.CharField(max_length=80)),
                ("given", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by", models.CharField(blank=True, default="", max_length=80)),
                ("withdrawn_why", models.TextField(blank=True, default="")),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="grants", to=settings.AUTH_USER_MODEL),
                ),
                ("unit", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit")),
            ],
            options={
                "ordering": ("-given", "-id"),
                "indexes": [
                    models.Index(fields=["user", "withdrawn"], name="accounts_gr_user_id_75a3e6_idx"),
                    models.Index(fields=["evaluation"], name="accounts_gr_evaluat_91429b_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["head", "coordinator", "verifier", "governing_body", "constituent", "reader"]),
                            models.Q(("evaluation", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="grant_is_held_in_an_evaluation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("emergency", False),
                            models.Q(models.Q(("evaluation", ""), _negated=True), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="grant_of_an_emergency_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "constituent"), _negated=True), models.Q(("group", ""), _negated=True), _connector="OR"
                        ),
                        name="grant_of_a_constituent_has_a_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("role", "team"), _negated=True), ("ends__isnull", False), _connector="OR"),
                        name="grant_of_a_team_ends",
                    ),
                ],
            },
        ),
    ]
