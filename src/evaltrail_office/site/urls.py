"""Addresses of the office: each app brings its own in its ``urls`` module."""

from django.urls import include, path

from evaltrail_office.site import dashboard, demo, health, search, views

handler500 = "evaltrail_office.site.faults.broken"
urlpatterns = [
    path("", views.home, name="home"),
    path("health", health.health, name="health"),
    path("language", views.language, name="set_language"),
    path("", include("evaltrail_office.accounts.urls")),
    path("demo/", demo.enter, name="demo"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("recommendations/", dashboard.recommendations, name="recommendations"),
    path("", include("evaltrail_office.jobs.urls")),
    path("", include("evaltrail_office.shelf.urls")),
    path("search/", search.search_page, name="search"),
    path("", include("evaltrail_office.evaluations.urls_library")),
    path("", include("evaltrail_office.evaluations.urls")),
    path("", include("evaltrail_office.evaluations.urls_roles")),
    path("", include("evaltrail_office.evaluations.urls_plan")),
    path("intake/", include("evaltrail_office.intake.urls")),
    path("", include("evaltrail_office.api.urls")),
    path("papers/", include("evaltrail_office.papers.urls")),
    path("follow-up/", include("evaltrail_office.follow_up.urls")),
    path("public/", include("evaltrail_office.follow_up.public_urls")),
]
