"""Addresses of concerns, and of decisions of the governing body."""

from django.urls import path

from evaltrail_office.follow_up.views import governing

urlpatterns = [
    path("concerns/", governing.concerns, name="concerns"),
    path("concerns/new/", governing.new_concern, name="concern-new"),
    path("concerns/<str:key>/", governing.concern, name="concern"),
    path("evaluations/<str:key>/decisions/", governing.decisions, name="decisions"),
    path("evaluations/<str:key>/decisions/<int:pk>/withdraw/", governing.withdraw_decision, name="decision-withdraw"),
]
