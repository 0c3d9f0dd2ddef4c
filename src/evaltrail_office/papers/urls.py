"""Addresses of the papers that are written in the office."""

from django.urls import path

from evaltrail_office.papers.views import beginning, lists, stages, text

urlpatterns = [
    path("", lists.drafts, name="drafts"),
    path("new/", beginning.begin, name="draft-new"),
    path("<str:key>/", text.draft, name="draft"),
    path("<str:key>/change/", text.change, name="draft-change"),
    path("<str:key>/preview/", lists.preview, name="draft-preview"),
    path("<str:key>/sheet/", lists.sheet, name="draft-sheet"),
    path("<str:key>/checks/", lists.checks, name="draft-checks"),
    path("<str:key>/history/", lists.history, name="draft-history"),
    path("<str:key>/sign-off/", stages.sign_off, name="draft-sign-off"),
    path("<str:key>/circulate/", stages.circulate, name="draft-circulate"),
    path("<str:key>/issue/", stages.issue, name="draft-issue"),
    path("<str:key>/edition/", stages.edition, name="draft-edition"),
    path("<str:key>/issued/<str:form>", stages.issued_file, name="issued-file"),
]
