"""Addresses of figures, and of opening them to everybody."""

from django.urls import path

from evaltrail_office.follow_up.views import figures, lists, public

urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures.<str:form>", figures.all_as_file, name="figures-file"),
    path("figures/<str:name>/", figures.figure, name="figure"),
    path("figures/<str:name>/rows.<str:form>", figures.as_file, name="figure-file"),
    path("lists/<str:what>/", lists.waiting, name="follow-up-list"),
    path("settings/public/", public.settings, name="follow-up-public"),
]
