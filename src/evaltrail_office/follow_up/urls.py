"""Addresses of follow-up: each part brings its own in a module ``urls_<part>``."""

from __future__ import annotations

from pkgutil import iter_modules

from django.urls import include, path

from evaltrail_office import follow_up

PARTS = sorted(module.name for module in iter_modules(follow_up.__path__) if module.name.startswith("urls_"))
urlpatterns = [path("", include(f"{follow_up.__name__}.{part}")) for part in PARTS]
