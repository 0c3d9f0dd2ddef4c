"""Addresses of reports."""

from django.urls import path

from evaltrail_office.follow_up.views import reports

urlpatterns = [
    path("reports/", reports.reports, name="follow-up-reports"),
    path("reports/<int:number>/", reports.under_way, name="follow-up-report"),
    path("reports/<int:number>/file/", reports.made, name="follow-up-report-file"),
]
