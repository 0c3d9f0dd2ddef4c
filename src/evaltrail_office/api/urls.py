"""Addresses of the API, its pages and the feed."""

from django.urls import include, path

from evaltrail_office.api import views
from evaltrail_office.api.feed import feed
from evaltrail_office.api.v1 import whole

urlpatterns = [
    path("settings/tokens/", views.tokens, name="tokens"),
    path("settings/tokens/<int:number>/withdraw/", views.withdraw, name="token-withdraw"),
    path("feed.atom", feed, name="feed"),
    path("api/", views.page, name="api-docs"),
    path("api/v1/openapi.json", views.openapi_json, name="openapi"),
    path("api/v1/", include(whole.urlpatterns())),
]
