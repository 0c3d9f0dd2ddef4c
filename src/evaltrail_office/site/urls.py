"""Addresses of the office: each app brings its own in its ``urls`` module."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from evaltrail_office.site import dashboard, demo, search, views

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("language", login_not_required(set_language), name="set_language"),
    path("", include("evaltrail_office.accounts.urls")),
    path("demo/", demo.enter, name="demo"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("recommendations/", dashboard.recommendations, name="recommendations"),
    path("", include("evaltrail_office.shelf.urls")),
    path("search/", search.search_page, name="search"),
    path("", include("evaltrail_office.evaluations.urls_library")),
    path("", include("evaltrail_office.evaluations.urls")),
    path("", include("evaltrail_office.evaluations.urls_roles")),
    path("intake/", include("evaltrail_office.intake.urls")),
]
