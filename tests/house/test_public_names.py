"""What a package says that it has, it has."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import evaltrail

PACKAGES = sorted(m.name for m in pkgutil.walk_packages(evaltrail.__path__, "evaltrail.") if m.ispkg)


@pytest.mark.parametrize("name", ["evaltrail", *PACKAGES])
def test_every_public_name_is_there(name: str) -> None:
    package = importlib.import_module(name)
    assert [n for n in getattr(package, "__all__", ()) if not hasattr(package, n)] == []
