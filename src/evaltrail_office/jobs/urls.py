"""Addresses of jobs."""

from django.urls import path

from evaltrail_office.jobs import views

urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:number>/", views.job, name="job"),
    path("jobs/<int:number>/retry/", views.retry, name="job-retry"),
    path("jobs/<int:number>/stop/", views.stop, name="job-stop"),
]
