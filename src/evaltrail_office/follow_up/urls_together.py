"""Addresses for changing many recommendations in one go."""

from django.urls import path

from evaltrail_office.follow_up.views import together

urlpatterns = [
    path("together/", together.together, name="together"),
    path("together/<str:key>/undo/", together.undo, name="together-undo"),
]
