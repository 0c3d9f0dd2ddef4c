"""Addresses of those who do what was promised, and of those who verify it."""

from django.urls import path

from evaltrail_office.follow_up.views import action, board

urlpatterns = [
    path("units/<str:unit_key>/", board.board, name="follow-up-board"),
    path("actions/<str:key>/", action.action, name="action"),
]
