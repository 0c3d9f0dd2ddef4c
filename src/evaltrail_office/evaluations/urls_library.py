"""Addresses of the library."""

from django.urls import path

from evaltrail_office.evaluations import views_library as views

urlpatterns = [
    path("evaluations/", views.list_of_evaluations, name="library"),
    path("evaluations/list.csv", views.library_as_csv, name="library-csv"),
]
