"""Addresses of intake."""

from django.urls import path

from evaltrail_office.intake.views import batches, confirm, parts, preview, rereading

urlpatterns = [
    path("", batches.intake, name="intake"),
    path("sample/", batches.add_sample, name="intake-sample"),
    path("documents/<str:key>/", preview.preview, name="preview"),
    path("documents/<str:key>/change/", preview.change, name="preview-change"),
    path("documents/<str:key>/confirm/", confirm.confirm, name="intake-confirm"),
    path("documents/<str:key>/parts/", parts.parts, name="preview-parts"),
    path("documents/<str:key>/corrections/<int:number>/", parts.lost, name="preview-lost"),
    path("documents/<str:key>/reading/", rereading.reread, name="preview-reread"),
    path("<str:key>/", batches.batch, name="batch"),
    path("<str:key>/files/", batches.files, name="batch-files"),
    path("<str:key>/reading/", batches.stop, name="batch-reading"),
    path("<str:key>/files/<int:position>/", batches.item, name="batch-file"),
    path("<str:key>/likeness/<int:number>/", batches.decide, name="batch-likeness"),
]
