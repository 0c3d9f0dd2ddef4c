"""Addresses of what anybody may read where the head of evaluation has opened it."""

from django.urls import path

from evaltrail_office.follow_up.views import public

urlpatterns = [
    path("", public.public, name="public"),
    path("actions/<str:state>/", public.states, name="public-states"),
    path("evaluations/", public.evaluations, name="public-evaluations"),
    path("evaluations/<str:key>/", public.evaluation, name="public-evaluation"),
    path("definitions/", public.words, name="public-definitions"),
    path("data/", public.data, name="public-data"),
    path("data/follow-up.<str:form>", public.data_file, name="public-data-file"),
    path("proofs/<int:pk>/", public.proof, name="public-proof"),
]
