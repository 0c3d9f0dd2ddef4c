"""Addresses of the pages on which answers come about."""

from django.urls import path

from evaltrail_office.follow_up.views import answer, answers, judge, points, printed, recommendation

urlpatterns = [
    path("evaluations/<str:key>/", answers.answers, name="answers"),
    path("evaluations/<str:key>/open", answers.open_answers, name="answers-open"),
    path("evaluations/<str:key>/start", answers.start, name="answers-start"),
    path("evaluations/<str:key>/charges/", answers.charge, name="answers-charge"),
    path("evaluations/<str:key>/whole", answers.overall, name="answers-whole"),
    path("evaluations/<str:key>/transmit", answers.transmit, name="answers-transmit"),
    path("evaluations/<str:key>/issue", answers.issue, name="answers-issue"),
    path("evaluations/<str:key>/printed/<str:document_key>/", printed.printed, name="answers-printed"),
    path("answers/<int:pk>/", answer.answer, name="answer"),
    path("answers/<int:pk>/versions/", answer.compare, name="answer-versions"),
    path("answers/<int:pk>/plan/", judge.plan, name="answer-plan"),
    path("recommendations/<str:key>/", recommendation.recommendation, name="recommendation"),
    path("recommendations/<str:key>/points/", points.points, name="recommendation-points"),
]
