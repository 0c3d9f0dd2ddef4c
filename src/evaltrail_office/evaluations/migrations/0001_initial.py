import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("shelf", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Baseline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("year_from", models.PositiveSmallIntegerField()),
                ("year_to", models.PositiveSmallIntegerField()),
                ("document_key", models.CharField(blank=True, default="", max_length=20)),
                ("words", models.TextField(blank=True, default="")),
                ("approved_by", models.CharField(max_length=80)),
                ("approved", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("-approved", "-id"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("year_to__gte", models.F("year_from"))), name="baseline_years_in_order")
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("program", models.CharField(max_length=40)),
                ("profile", models.CharField(max_length=120)),
                ("errors", models.PositiveIntegerField()),
                ("warnings", models.PositiveIntegerField()),
                ("notes", models.PositiveIntegerField()),
                ("body", models.JSONField()),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="quality", to="shelf.version")),
            ],
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("firm", models.CharField(blank=True, default="", max_length=200)),
                ("role", models.CharField(max_length=120)),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("fee", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("currency", models.CharField(blank=True, default="", max_length=3)),
                ("ended", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=80)),
                ("ended_why", models.TextField(blank=True, default="")),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "grant",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="accounts.grant"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("starts", "id"),
            },
        ),
        migrations.CreateModel(
            name="Deliverable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("due", models.DateField(blank=True, null=True)),
                ("document_key", models.CharField(blank=True, default="", max_length=20)),
                ("accepted", models.DateTimeField(blank=True, null=True)),
                ("accepted_by", models.CharField(blank=True, default="", max_length=80)),
                ("sent_back", models.DateTimeField(blank=True, null=True)),
                ("sent_back_by", models.CharField(blank=True, default="", max_length=80)),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "contract",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="deliverables", to="evaluations.contract"),
                ),
            ],
            options={
                "ordering": ("due", "id"),
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20, unique=True)),
                ("title", models.CharField(max_length=500)),
                ("organisation", models.CharField(blank=True, default="", max_length=300)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("centralised", "centralised"),
                            ("decentralised", "decentralised"),
                            ("joint", "joint"),
                            ("cluster", "cluster"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "timing",
                    models.CharField(
                        blank=True,
                        choices=[("mid_term", "mid-term"), ("final", "final"), ("ex_post", "ex post"), ("synthesis", "synthesis")],
                        default="",
                        max_length=20,
                    ),
                ),
                ("period_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("period_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("year", models.PositiveSmallIntegerField(blank=True, db_index=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("under_way", "under way"),
                            ("completed", "completed"),
                            ("postponed", "postponed"),
                            ("cancelled", "cancelled"),
                            ("merged", "merged"),
                        ],
                        default="planned",
                        max_length=12,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("circulated", "circulated"), ("issued", "issued"), ("released", "released")],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("embargo", models.DateField(blank=True, null=True)),
                ("announced", models.BooleanField(default=False)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="evaluations", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("-year", "-id"),
            },
        ),
        migrations.AddField(
            model_name="contract",
            name="evaluation",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="contracts", to="evaluations.evaluation"),
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("passage", models.CharField(max_length=100)),
                ("label", models.CharField(max_length=120)),
                ("position", models.PositiveIntegerField()),
                ("quoted", models.TextField()),
                ("kind", models.CharField(choices=[("fact", "fact"), ("omission", "omission"), ("judgement", "judgement")], max_length=10)),
                ("text", models.TextField()),
                (
                    "group",
                    models.CharField(
                        blank=True,
                        choices=[("government", "government"), ("employers", "employers"), ("workers", "workers")],
                        default="",
                        max_length=20,
                    ),
                ),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "accepted"), ("partly", "accepted in part"), ("rejected", "rejected")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("decided_by", models.CharField(blank=True, default="", max_length=80)),
                ("decided", models.DateTimeField(blank=True, null=True)),
                ("disagreement", models.TextField(blank=True, default="")),
                ("printed", models.BooleanField(default=False)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="shelf.document")),
                (
                    "evaluation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="evaluations.evaluation"),
                ),
            ],
            options={
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="BaselineLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=500)),
                ("kind", models.CharField(blank=True, default="", max_length=20)),
                ("timing", models.CharField(blank=True, default="", max_length=20)),
                ("state", models.CharField(max_length=12)),
                ("unit", models.CharField(blank=True, default="", max_length=200)),
                ("responsible", models.CharField(blank=True, default="", max_length=150)),
                ("chosen", models.CharField(blank=True, default="", max_length=10)),
                ("why", models.TextField(blank=True, default="")),
                ("asked_by", models.CharField(blank=True, default="", max_length=200)),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                ("issues", models.DateField(blank=True, null=True)),
                ("budget", models.JSONField(default=dict)),
                (
                    "baseline",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="evaluations.baseline"),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="baseline_lines", to="evaluations.evaluation"
                    ),
                ),
            ],
            options={
                "ordering": ("issues", "id"),
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("profile", models.CharField(max_length=120)),
                ("profile_version", models.CharField(max_length=40)),
                ("body", models.JSONField(blank=True, null=True)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("words", models.TextField(blank=True, default="")),
                ("signed", models.DateTimeField(blank=True, null=True)),
                ("signed_by", models.CharField(blank=True, default="", max_length=80)),
                ("share", models.FloatField(blank=True, null=True)),
                ("band", models.CharField(blank=True, default="", max_length=120)),
                ("failed", models.JSONField(default=list)),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="shelf.document"),
                ),
                (
                    "evaluation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="assessments", to="evaluations.evaluation"),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Facet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=120)),
                ("set_by", models.CharField(blank=True, default="", max_length=80)),
                (
                    "evaluation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="facets", to="evaluations.evaluation"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FacetProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=120)),
                ("ground", models.CharField(max_length=20)),
                ("words", models.TextField()),
                ("page", models.PositiveIntegerField(blank=True, null=True)),
                ("start", models.PositiveIntegerField(default=0)),
                ("end", models.PositiveIntegerField(default=0)),
                ("statement", models.CharField(blank=True, default="", max_length=80)),
                ("score", models.FloatField()),
                ("program", models.CharField(max_length=40)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "proposed"), ("accepted", "accepted"), ("dismissed", "dismissed")], default="open", max_length=10
                    ),
                ),
                ("decided_by", models.CharField(blank=True, default="", max_length=80)),
                ("decided", models.DateTimeField(blank=True, null=True)),
                ("part", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="facet_proposals", to="shelf.part")),
            ],
            options={
                "ordering": ("part", "kind", "-score", "value"),
            },
        ),
        migrations.CreateModel(
            name="Gate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("terms", "terms of reference"),
                            ("inception", "inception report"),
                            ("draft", "draft report"),
                            ("final", "final report"),
                            ("issue", "issue"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "evaluation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="gates", to="evaluations.evaluation"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GateDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("passed", "passed"), ("sent_back", "sent back"), ("waived", "not needed"), ("taken_back", "taken back")],
                        max_length=10,
                    ),
                ),
                ("document_key", models.CharField(blank=True, default="", max_length=20)),
                ("document_title", models.CharField(blank=True, default="", max_length=500)),
                ("version", models.PositiveIntegerField(blank=True, null=True)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("reason", models.TextField(blank=True, default="")),
                ("state_before", models.CharField(max_length=12)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("gate", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="evaluations.gate")),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("statement", models.TextField()),
                ("declared_by", models.CharField(max_length=80)),
                ("declared", models.DateTimeField(default=django.utils.timezone.now)),
                ("accepted", models.DateTimeField(blank=True, null=True)),
                ("accepted_by", models.CharField(blank=True, default="", max_length=80)),
                ("terms", models.TextField(blank=True, default="")),
                (
                    "contract",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="interests", to="evaluations.contract"),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                ("word", models.CharField(blank=True, default="", max_length=120)),
                ("comment", models.TextField(blank=True, default="")),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "assessment",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="judgements", to="evaluations.assessment"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MoneyEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("planned", "planned"), ("committed", "committed"), ("spent", "spent")], max_length=10)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("currency", models.CharField(max_length=3)),
                ("day", models.DateField()),
                ("words", models.CharField(max_length=300)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_back", models.DateTimeField(blank=True, null=True)),
                ("taken_back_by", models.CharField(blank=True, default="", max_length=80)),
                ("taken_back_why", models.TextField(blank=True, default="")),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="money", to="evaluations.contract"
                    ),
                ),
                (
                    "evaluation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="money", to="evaluations.evaluation"),
                ),
            ],
            options={
                "verbose_name_plural": "money entries",
                "ordering": ("day", "id"),
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chosen",
                    models.CharField(
                        blank=True, choices=[("coverage", "coverage rule"), ("request", "request")], default="", max_length=10
                    ),
                ),
                ("why", models.TextField(blank=True, default="")),
                ("asked_by", models.CharField(blank=True, default="", max_length=200)),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                ("issues", models.DateField(blank=True, db_index=True, null=True)),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "evaluation",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="plan", to="evaluations.evaluation"),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="evaluations.evaluation",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("added", "added"),
                            ("edited", "changed"),
                            ("postponed", "postponed"),
                            ("brought_forward", "brought forward"),
                            ("cancelled", "cancelled"),
                            ("merged", "merged"),
                        ],
                        max_length=16,
                    ),
                ),
                ("old", models.JSONField(default=dict)),
                ("new", models.JSONField(default=dict)),
                ("reason", models.TextField()),
                ("made_by", models.CharField(max_length=80)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone", models.DateTimeField(blank=True, null=True)),
                ("undone_by", models.CharField(blank=True, default="", max_length=80)),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan_changes", to="evaluations.evaluation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20, unique=True)),
                ("number", models.CharField(blank=True, default="", max_length=20)),
                ("position", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("priority", models.CharField(blank=True, default="", max_length=40)),
                ("verdict", models.CharField(blank=True, default="", max_length=20)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recommendations", to="evaluations.evaluation"
                    ),
                ),
            ],
            options={
                "ordering": ("evaluation", "position"),
            },
        ),
        migrations.CreateModel(
            name="Sameness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document_key", models.CharField(max_length=20)),
                ("statement_id", models.CharField(max_length=80)),
                ("score", models.FloatField(null=True)),
                ("confirmed_by", models.CharField(blank=True, default="", max_length=80)),
                ("confirmed", models.DateTimeField(blank=True, null=True)),
                ("refused", models.BooleanField(default=False)),
                (
                    "recommendation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="samenesses", to="evaluations.recommendation"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "samenesses",
            },
        ),
        migrations.AddIndex(
            model_name="evaluation",
            index=models.Index(fields=["stage", "-year", "-id"], name="evaluations_stage_96de76_idx"),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(condition=models.Q(("ends__gte", models.F("starts"))), name="contract_days_in_order"),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee", None), models.Q(("currency", ""), _negated=True), _connector="OR"),
                name="contract_fee_has_a_currency",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["document", "position"], name="evaluations_documen_d0a93b_idx"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision", ""), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="decision_on_a_comment_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("printed", False), models.Q(("disagreement", ""), _negated=True), _connector="OR"),
                name="comment_printed_disagrees",
            ),
        ),
        migrations.AddConstraint(
            model_name="baselineline",
            constraint=models.UniqueConstraint(fields=("baseline", "evaluation"), name="baseline_has_an_evaluation_once"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("evaluation", "document", "version", "profile", "made_by"), name="assessment_once_a_person_and_standard"
            ),
        ),
        migrations.AddIndex(
            model_name="facet",
            index=models.Index(fields=["kind", "value", "evaluation"], name="evaluations_kind_57bd3e_idx"),
        ),
        migrations.AddConstraint(
            model_name="facet",
            constraint=models.UniqueConstraint(fields=("evaluation", "kind", "value"), name="facet_once_an_evaluation"),
        ),
        migrations.AddIndex(
            model_name="facetproposal",
            index=models.Index(fields=["state", "part"], name="evaluations_state_6b5ae9_idx"),
        ),
        migrations.AddIndex(
            model_name="facetproposal",
            index=models.Index(fields=["decided_by", "decided"], name="evaluations_decided_c5f6c8_idx"),
        ),
        migrations.AddConstraint(
            model_name="facetproposal",
            constraint=models.UniqueConstraint(fields=("part", "kind", "value"), name="facet_proposed_once_a_part"),
        ),
        migrations.AddConstraint(
            model_name="facetproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "open"), models.Q(("decided_by", ""), _negated=True), _connector="OR"),
                name="facet_proposal_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.UniqueConstraint(fields=("evaluation", "kind"), name="gate_once_an_evaluation"),
        ),
        migrations.AddConstraint(
            model_name="gatedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", "passed"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="gate_not_passed_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="gatedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "passed"), _negated=True), models.Q(("document_key", ""), _negated=True), _connector="OR"
                ),
                name="gate_is_passed_with_a_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(fields=("assessment", "item"), name="judgement_once_an_item"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chosen", "request"), _negated=True), models.Q(("asked_by", ""), _negated=True), _connector="OR"
                ),
                name="plan_by_request_names_who_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="planchange",
            constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="change_of_a_plan_has_a_reason"),
        ),
        migrations.AddConstraint(
            model_name="sameness",
            constraint=models.UniqueConstraint(fields=("recommendation", "document_key", "statement_id"), name="sameness_once_a_pair"),
        ),
    ]
