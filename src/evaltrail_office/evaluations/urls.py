"""Addresses of evaluations, documents and statements; the library's are in ``urls_library``."""

from django.urls import path

from evaltrail_office.evaluations import views_document, views_evaluation, views_facets, views_proposals, views_stage

urlpatterns = [
    path("evaluations/threads-<int:count>.css", views_evaluation.threads, name="trail-threads"),
    path("evaluations/proposed/", views_proposals.proposed, name="proposals"),
    path("evaluations/proposed/decide/", views_proposals.decide, name="proposals-decide"),
    path("evaluations/<str:key>/", views_evaluation.evaluation, name="evaluation"),
    path("evaluations/<str:key>/trail/", views_evaluation.trail, name="evaluation-trail"),
    path("evaluations/<str:key>/statements/<str:name>/", views_evaluation.statements, name="evaluation-statements"),
    path("evaluations/<str:key>/about/", views_facets.facets, name="evaluation-facets"),
    path("evaluations/<str:key>/history/", views_evaluation.history, name="evaluation-history"),
    path("documents/<str:key>/", views_document.document, name="document"),
    path("documents/<str:key>/stage", views_stage.stage, name="document-stage"),
    path("documents/<str:key>/source", views_document.source, name="document-source"),
    path("documents/<str:key>/paper.<str:form>", views_document.paper, name="document-write"),
    path("documents/<str:key>/checks/", views_document.checks, name="document-checks"),
    path("documents/<str:key>/numbers/", views_document.numbers, name="document-numbers"),
    path("documents/<str:key>/differences/", views_document.differences, name="document-differences"),
    path("documents/<str:key>/same/", views_document.same, name="document-same"),
    path("documents/<str:key>/pages/<int:number>/", views_document.page, name="document-page"),
    path("documents/<str:document_key>/statements/<path:statement_id>/", views_document.statement, name="statement"),
]
