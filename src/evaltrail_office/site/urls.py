"""Addresses of the office."""

from django.urls import path

from evaltrail_office.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
]
