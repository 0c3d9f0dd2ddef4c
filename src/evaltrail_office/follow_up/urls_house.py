"""Addresses of the office's own settings of follow-up, and of the presets."""

from django.urls import path

from evaltrail_office.follow_up.views import house

urlpatterns = [
    path("settings/", house.house, name="follow-up-settings"),
    path("presets/<slug:name>/", house.preset, name="preset"),
    path("presets/<slug:name>.toml", house.as_file, name="preset-file"),
]
