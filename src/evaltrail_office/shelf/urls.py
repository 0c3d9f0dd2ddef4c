"""Addresses of the shelf."""

from django.urls import path

from evaltrail_office.shelf import views

urlpatterns = [path("documents/<key>/pages/<int:page>.png", views.page_picture, name="page-picture")]
