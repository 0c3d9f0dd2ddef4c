"""Addresses of calendars."""

from django.urls import path

from evaltrail_office.follow_up.views import calendar

urlpatterns = [
    path("calendar/", calendar.own, name="calendar-own"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar"),
]
