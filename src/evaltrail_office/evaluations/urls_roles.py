"""Addresses of roles in evaluations."""

from django.urls import path

from evaltrail_office.evaluations import roles as views

urlpatterns = [
    path("evaluations/<str:key>/roles/", views.roles, name="evaluation-roles"),
    path("evaluations/<str:key>/roles/<int:number>/withdraw/", views.withdraw, name="evaluation-role-withdraw"),
    path("emergency/", views.emergency, name="emergency"),
]
