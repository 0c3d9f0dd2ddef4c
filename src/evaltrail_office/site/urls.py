"""Addresses of the office: each app brings its own in its ``urls`` module."""

from django.urls import include, path

from evaltrail_office.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("accounts/", include("allauth.account.urls")),
]
