"""Addresses of those who do what was promised, and of those who verify it."""

from django.urls import path

from evaltrail_office.follow_up.views import action, board, mine, proof

urlpatterns = [
    path("", mine.mine, name="follow-up"),
    path("actions.<str:form>", mine.as_file, name="follow-up-file"),
    path("verify/", mine.verification, name="verification"),
    path("units/<str:unit_key>/", board.board, name="follow-up-board"),
    path("units/<str:unit_key>/actions.<str:form>", board.as_file, name="follow-up-board-file"),
    path("actions/<str:key>/", action.action, name="action"),
    path("actions/<str:key>/proof/", proof.bring, name="action-proof"),
    path("proofs/<int:pk>/", proof.proof, name="proof"),
    path("proofs/<int:pk>/withdraw/", proof.withdraw, name="proof-withdraw"),
]
