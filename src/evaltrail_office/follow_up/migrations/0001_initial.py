import django.db.models.deletion
import django.db.models.fields.json
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("evaluations", "0001_initial"),
        ("jobs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True)),
                ("columns", models.JSONField()),
                ("fields", models.JSONField()),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=24)),
                ("text", models.TextField()),
                ("printed", models.BooleanField(default=False)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("joined", models.DateTimeField(blank=True, null=True)),
                ("joined_by", models.CharField(blank=True, default="", max_length=80)),
            ],
            options={
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20, unique=True)),
                ("number", models.CharField(blank=True, default="", max_length=24)),
                ("position", models.PositiveIntegerField(default=0)),
                ("text", models.TextField()),
                ("implied", models.BooleanField(default=False)),
                ("first_due", models.DateField(blank=True, null=True)),
                ("due", models.DateField(blank=True, null=True)),
                ("cost", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("currency", models.CharField(blank=True, default="", max_length=3)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("open", "not started"),
                            ("under_way", "under way"),
                            ("claimed", "claimed"),
                            ("sent_back", "sent back"),
                            ("verified", "verified"),
                            ("self_reported", "self-reported"),
                            ("drop_asked", "to be dropped"),
                            ("dropped", "dropped"),
                        ],
                        default="proposed",
                        max_length=16,
                    ),
                ),
                ("status", models.CharField(blank=True, default="", max_length=40)),
                ("delay", models.CharField(blank=True, default="", max_length=40)),
                ("delay_words", models.TextField(blank=True, default="")),
                ("started", models.DateField(blank=True, null=True)),
                ("claimed", models.DateField(blank=True, null=True)),
                ("claimed_status", models.CharField(blank=True, default="", max_length=40)),
                (
                    "claimed_meaning",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "not begun"),
                            ("partial", "under way"),
                            ("substantial", "substantially done"),
                            ("done", "done"),
                            ("dropped", "no longer followed"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("claimed_share", models.FloatField(blank=True, null=True)),
                ("verified", models.DateField(blank=True, null=True)),
                ("verified_status", models.CharField(blank=True, default="", max_length=40)),
                (
                    "verified_meaning",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "not begun"),
                            ("partial", "under way"),
                            ("substantial", "substantially done"),
                            ("done", "done"),
                            ("dropped", "no longer followed"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("verified_share", models.FloatField(blank=True, null=True)),
                ("verified_by", models.CharField(blank=True, default="", max_length=80)),
                ("dropped", models.DateField(blank=True, null=True)),
                ("closed", models.DateField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "evaluation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="evaluations.evaluation"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("track", "position", "id"),
            },
        ),
        migrations.CreateModel(
            name="BodyDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.CharField(max_length=200)),
                ("session", models.CharField(blank=True, default="", max_length=120)),
                ("taken", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[("sitting", "in sitting"), ("correspondence", "by correspondence")], default="sitting", max_length=16
                    ),
                ),
                ("document_key", models.CharField(blank=True, default="", max_length=20)),
                ("paragraph", models.CharField(blank=True, default="", max_length=20)),
                ("drafted", models.TextField(blank=True, default="")),
                ("adopted", models.TextField()),
                ("amendments", models.TextField(blank=True, default="")),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn", models.DateTimeField(blank=True, null=True)),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="body_decisions", to="evaluations.evaluation"
                    ),
                ),
                ("recommendations", models.ManyToManyField(blank=True, related_name="body_decisions", to="evaluations.recommendation")),
            ],
            options={
                "ordering": ("-taken", "-id"),
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("used", models.DateTimeField(blank=True, null=True)),
                ("revoked", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calendar_feeds", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("preset", models.CharField(max_length=60)),
                ("rules", models.JSONField()),
                (
                    "verifier",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.fields.json.KeyTextTransform("verifier", "rules"),
                        output_field=models.CharField(max_length=20),
                    ),
                ),
                (
                    "extension",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.fields.json.KeyTextTransform("extension", "rules"),
                        output_field=models.CharField(max_length=20),
                    ),
                ),
                (
                    "approver",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.fields.json.KeyTextTransform(
                            "approver", django.db.models.fields.json.KeyTextTransform("closing", "rules")
                        ),
                        output_field=models.CharField(max_length=20),
                    ),
                ),
                ("started", models.DateField(blank=True, null=True)),
                ("started_by", models.CharField(blank=True, default="", max_length=20)),
                ("response_due", models.DateField(blank=True, null=True)),
                ("closed", models.DateField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "evaluation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_up", to="evaluations.evaluation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="House",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("preset", models.CharField(default="house", max_length=60)),
                ("own", models.TextField(blank=True, default="")),
                ("months", models.JSONField(default=dict)),
                ("public", models.BooleanField(default=False)),
                ("changed_by", models.CharField(blank=True, default="", max_length=80)),
                ("changed", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="house_is_one_row")],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("status", models.CharField(blank=True, default="", max_length=40)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="progress", to="follow_up.action")),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=300)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("name", models.CharField(blank=True, default="", max_length=255)),
                ("media_type", models.CharField(blank=True, default="", max_length=100)),
                ("size", models.PositiveBigIntegerField(blank=True, null=True)),
                ("address", models.URLField(blank=True, default="", max_length=500)),
                ("public", models.BooleanField(default=False)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by", models.CharField(blank=True, default="", max_length=80)),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="proofs", to="follow_up.action")),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for the second key"),
                            ("verified", "verified"),
                            ("corrected", "verified at another status"),
                            ("sent_back", "sent back"),
                            ("withdrawn", "withdrawn"),
                            ("held", "self-reported"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("status", models.CharField(max_length=40)),
                ("words", models.TextField(blank=True, default="")),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("verified_status", models.CharField(blank=True, default="", max_length=40)),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_by", models.CharField(blank=True, default="", max_length=80)),
                ("answered", models.DateTimeField(blank=True, null=True)),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="follow_up.action")),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
                ("proofs", models.ManyToManyField(blank=True, related_name="claims", to="follow_up.proof")),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Register",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("sheets", models.JSONField(default=list)),
                ("sheet", models.CharField(blank=True, default="", max_length=120)),
                ("header", models.PositiveIntegerField(default=1)),
                ("headings", models.JSONField(default=list)),
                ("fields", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "being read"),
                            ("broken", "could not be read"),
                            ("read", "read, not yet taken over"),
                            ("importing", "being taken over"),
                            ("imported", "taken over"),
                            ("reversing", "being taken back"),
                            ("reversed", "taken back"),
                        ],
                        default="uploaded",
                        max_length=12,
                    ),
                ),
                ("fault", models.TextField(blank=True, default="")),
                ("counts", models.JSONField(default=dict)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("imported", models.DateTimeField(blank=True, null=True)),
                ("imported_by", models.CharField(blank=True, default="", max_length=80)),
                ("reversed_by", models.CharField(blank=True, default="", max_length=80)),
                ("reversed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "evaluation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registers",
                        to="evaluations.evaluation",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="jobs.job"),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="registers",
                        to="follow_up.mapping",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(blank=True, default="", max_length=200)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked for"),
                            ("drafted", "drafted"),
                            ("submitted", "in clearance"),
                            ("cleared", "cleared"),
                            ("transmitted", "transmitted"),
                            ("issued", "public"),
                        ],
                        default="asked",
                        max_length=12,
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "accepted"),
                            ("partially_accepted", "accepted in part"),
                            ("rejected", "rejected"),
                            ("noted", "noted"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(blank=True, default="")),
                ("reason", models.TextField(blank=True, default="")),
                ("alternative", models.TextField(blank=True, default="")),
                ("infeasible", models.BooleanField(default=False)),
                ("money", models.TextField(blank=True, default="")),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("transmitted", models.DateField(blank=True, null=True)),
                ("issued", models.DateField(blank=True, null=True)),
                ("replaced", models.BooleanField(default=False)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "evaluation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="evaluations.evaluation"),
                ),
                (
                    "follow_up",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="follow_up.followup"),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="follow_up.point"
                    ),
                ),
            ],
            options={
                "ordering": ("track", "point", "organisation", "-version"),
            },
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                ("step", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("cleared", models.BooleanField()),
                ("words", models.TextField(blank=True, default="")),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "response",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="clearances", to="follow_up.response"),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="action",
            name="response",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="follow_up.response"
            ),
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("definition", models.CharField(max_length=80)),
                ("version", models.PositiveSmallIntegerField()),
                ("dimension", models.CharField(blank=True, default="", max_length=20)),
                ("value", models.CharField(blank=True, default="", max_length=200)),
                ("released", models.BooleanField(default=True)),
                ("body", models.JSONField()),
                ("keys", models.BinaryField(default=b"")),
                ("as_of", models.DateTimeField(default=django.utils.timezone.now)),
                ("entry", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "tallies",
                "ordering": ("definition", "dimension", "value"),
                "indexes": [
                    models.Index(fields=["definition", "released", "as_of"], name="follow_up_t_definit_c6cf9b_idx"),
                    models.Index(fields=["released", "dimension", "as_of"], name="follow_up_t_release_e3ee0e_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("definition", "version", "dimension", "value", "released", "as_of"), name="tally_once_a_moment"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "addressee",
                    models.CharField(
                        choices=[
                            ("management", "management"),
                            ("governing_body", "the governing body"),
                            ("donor", "donors"),
                            ("partner", "partners"),
                        ],
                        default="management",
                        max_length=16,
                    ),
                ),
                ("printed_addressee", models.CharField(blank=True, default="", max_length=300)),
                ("time", models.CharField(blank=True, default="", max_length=30)),
                ("due", models.DateField(blank=True, null=True)),
                ("state", models.CharField(choices=[("followed", "followed"), ("retired", "retired")], default="followed", max_length=12)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "accepted"),
                            ("partially_accepted", "accepted in part"),
                            ("rejected", "rejected"),
                            ("noted", "noted"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("answered", models.DateField(blank=True, null=True)),
                ("retired", models.DateField(blank=True, null=True)),
                ("retired_why", models.TextField(blank=True, default="")),
                ("retired_by", models.CharField(blank=True, default="", max_length=80)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "evaluation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tracks", to="evaluations.evaluation"),
                ),
                (
                    "follow_up",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tracks", to="follow_up.followup"),
                ),
                (
                    "recommendation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="track", to="evaluations.recommendation"
                    ),
                ),
            ],
            options={
                "ordering": ("evaluation", "recommendation__position"),
            },
        ),
        migrations.AddField(
            model_name="response",
            name="track",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="follow_up.track"
            ),
        ),
        migrations.CreateModel(
            name="RegisterRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("cells", models.JSONField()),
                ("identity", models.CharField(blank=True, default="", max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "not yet taken over"),
                            ("taken", "taken over"),
                            ("same", "known already"),
                            ("changed", "known, and changed since"),
                            ("skipped", "left out"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("kind", models.CharField(blank=True, default="", max_length=20)),
                ("reason", models.TextField(blank=True, default="")),
                ("made", models.JSONField(default=dict)),
                ("back", models.CharField(blank=True, default="", max_length=10)),
                ("register", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="follow_up.register")),
                (
                    "track",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="register_rows",
                        to="follow_up.track",
                    ),
                ),
            ],
            options={
                "ordering": ("register", "number"),
            },
        ),
        migrations.AddField(
            model_name="point",
            name="track",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="points", to="follow_up.track"),
        ),
        migrations.CreateModel(
            name="Charge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(blank=True, default="", max_length=200)),
                ("lead", models.BooleanField(default=False)),
                ("words", models.TextField(blank=True, default="")),
                ("given", models.DateTimeField(blank=True, null=True)),
                ("given_by", models.CharField(blank=True, default="", max_length=80)),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="charges", to="accounts.unit")),
                ("track", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="charges", to="follow_up.track")),
            ],
            options={
                "ordering": ("-lead", "id"),
            },
        ),
        migrations.AddField(
            model_name="action",
            name="track",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="follow_up.track"),
        ),
        migrations.CreateModel(
            name="Transmission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(blank=True, default="", max_length=200)),
                ("body", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("document_key", models.CharField(blank=True, default="", max_length=20)),
                ("version", models.PositiveIntegerField(blank=True, null=True)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="transmissions", to="evaluations.evaluation"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="response",
            name="transmission",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="follow_up.transmission"
            ),
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20, unique=True)),
                ("programme", models.CharField(blank=True, default="", max_length=300)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                (
                    "group",
                    models.CharField(
                        choices=[("government", "government"), ("employers", "employers"), ("workers", "workers")], max_length=20
                    ),
                ),
                ("bureau", models.BooleanField(default=False)),
                ("raised", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[("raised", "raised"), ("taken_up", "taken up"), ("resolved", "resolved"), ("withdrawn", "withdrawn")],
                        default="raised",
                        max_length=12,
                    ),
                ),
                ("resolution", models.TextField(blank=True, default="")),
                ("resolved", models.DateTimeField(blank=True, null=True)),
                ("view", models.TextField(blank=True, default="")),
                ("settled", models.BooleanField(null=True)),
                ("released", models.BooleanField(default=False)),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "evaluation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="evaluations.evaluation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_concerns",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="concerns", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["state", "-id"], name="follow_up_c_state_6c9566_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "resolved"), _negated=True), models.Q(("resolution", ""), _negated=True), _connector="OR"
                        ),
                        name="concern_resolved_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("evaluation__isnull", False), models.Q(("programme", ""), _negated=True), _connector="OR"),
                        name="concern_is_about_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.CharField(max_length=8)),
                ("kind", models.CharField(default="digest", max_length=12)),
                ("body", models.JSONField(default=list)),
                ("sent", models.DateTimeField(blank=True, null=True)),
                ("fault", models.CharField(blank=True, default="", max_length=300)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="digests", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [models.UniqueConstraint(fields=("user", "week", "kind"), name="digest_once_a_week")],
            },
        ),
        migrations.CreateModel(
            name="Drop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "asked"), ("granted", "granted"), ("refused", "refused"), ("withdrawn", "withdrawn")],
                        default="asked",
                        max_length=12,
                    ),
                ),
                ("status", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("open", "not started"),
                            ("under_way", "under way"),
                            ("claimed", "claimed"),
                            ("sent_back", "sent back"),
                            ("verified", "verified"),
                            ("self_reported", "self-reported"),
                            ("drop_asked", "to be dropped"),
                            ("dropped", "dropped"),
                        ],
                        max_length=16,
                    ),
                ),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_by", models.CharField(blank=True, default="", max_length=80)),
                ("answered", models.DateTimeField(blank=True, null=True)),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="drops", to="follow_up.action")),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("state", "asked")), fields=("action",), name="drop_one_waits"),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="drop_has_a_reason"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "granted"), _negated=True),
                            models.Q(
                                models.Q(("answered_by", ""), _negated=True), models.Q(("answered_by", models.F("made_by")), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="drop_is_approved_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "asked"), ("granted", "granted"), ("refused", "refused"), ("withdrawn", "withdrawn")],
                        default="asked",
                        max_length=12,
                    ),
                ),
                ("old", models.DateField(blank=True, null=True)),
                ("asked_for", models.DateField()),
                ("granted", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(max_length=40)),
                ("words", models.TextField(blank=True, default="")),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_by", models.CharField(blank=True, default="", max_length=80)),
                ("answered", models.DateTimeField(blank=True, null=True)),
                (
                    "action",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="extensions", to="follow_up.action"),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("state", "asked")), fields=("action",), name="extension_one_waits")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanJudgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "criterion",
                    models.CharField(
                        choices=[
                            ("aligned", "aligned with the recommendation"),
                            ("specific", "specific"),
                            ("measurable", "measurable"),
                            ("assigned", "assigned"),
                            ("time_bound", "time-bound"),
                        ],
                        max_length=12,
                    ),
                ),
                ("met", models.BooleanField()),
                ("rule", models.CharField(blank=True, default="", max_length=20)),
                ("words", models.TextField(blank=True, default="")),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "action",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="plan_judgements", to="follow_up.action"),
                ),
            ],
            options={
                "ordering": ("criterion", "id"),
                "constraints": [models.UniqueConstraint(fields=("action", "criterion", "rule"), name="plan_judged_once_by_each")],
            },
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("sha256", ""), _negated=True), models.Q(("address", ""), _negated=True), _connector="OR"),
                name="proof_is_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(condition=models.Q(("state", "waiting")), fields=("action",), name="claim_one_waits"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sent_back"), _negated=True), models.Q(("answer", ""), _negated=True), _connector="OR"
                ),
                name="claim_sent_back_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "verified"), _negated=True),
                    models.Q(models.Q(("answered_by", ""), _negated=True), models.Q(("answered_by", models.F("made_by")), _negated=True)),
                    _connector="OR",
                ),
                name="claim_is_verified_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="clearance",
            constraint=models.CheckConstraint(
                condition=models.Q(("cleared", True), models.Q(("words", ""), _negated=True), _connector="OR"),
                name="clearance_sent_back_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="track",
            index=models.Index(fields=["evaluation", "state"], name="follow_up_t_evaluat_f3cff3_idx"),
        ),
        migrations.AddIndex(
            model_name="track",
            index=models.Index(fields=["state", "answered", "evaluation"], name="follow_up_t_state_c51734_idx"),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "retired"), _negated=True), models.Q(("retired_why", ""), _negated=True), _connector="OR"
                ),
                name="track_retired_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="registerrow",
            index=models.Index(fields=["identity"], name="follow_up_r_identit_4419d2_idx"),
        ),
        migrations.AddIndex(
            model_name="registerrow",
            index=models.Index(fields=["register", "outcome"], name="follow_up_r_registe_4505d2_idx"),
        ),
        migrations.AddConstraint(
            model_name="registerrow",
            constraint=models.UniqueConstraint(fields=("register", "number"), name="register_has_a_row_once"),
        ),
        migrations.AddConstraint(
            model_name="registerrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "skipped"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="register_row_left_out_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(fields=("track", "organisation", "unit"), name="charge_once_a_unit"),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lead", True)), fields=("track", "organisation"), name="charge_has_one_lead"
            ),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(
                fields=["unit", "state", "due"],
                include=("first_due", "claimed", "closed", "delay", "owner", "evaluation"),
                name="follow_up_action_of_a_board",
            ),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["state", "due", "delay"], name="follow_up_a_state_f19afb_idx"),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["state", "claimed"], name="follow_up_a_state_3c035b_idx"),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["evaluation", "state"], name="follow_up_a_evaluat_811089_idx"),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["owner", "state", "due"], name="follow_up_a_owner_i_20b890_idx"),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost", None), models.Q(("currency", ""), _negated=True), _connector="OR"),
                name="action_cost_has_a_currency",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "verified"), _negated=True),
                    models.Q(models.Q(("verified_by", ""), _negated=True), ("verified__isnull", False)),
                    _connector="OR",
                ),
                name="action_verified_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(("verified", None), ("claimed__isnull", False), _connector="OR"), name="action_verified_was_claimed"
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(fields=["evaluation", "state"], name="follow_up_r_evaluat_004f79_idx"),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("point", None), ("track__isnull", False)),
                fields=("track", "organisation", "version"),
                name="response_version_once_a_track",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("point__isnull", False)),
                fields=("point", "organisation", "version"),
                name="response_version_once_a_point",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("track", None)), fields=("follow_up", "organisation", "version"), name="response_version_once_overall"
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("transmitted", "issued")), _negated=True), ("transmission__isnull", False), _connector="OR"
                ),
                name="response_transmitted_is_frozen",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("transmitted", "issued")), ("verdict__in", ("partially_accepted", "rejected")), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="response_short_of_acceptance_has_a_reason",
            ),
        ),
    ]
