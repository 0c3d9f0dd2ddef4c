"""Pictures of pages: drawn by a process of their own, kept, and shown to who may see the document."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from PIL import Image

from evaltrail import sample as sample_paper
from evaltrail_office.shelf import files, pictures
from evaltrail_office.shelf.models import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db


def source_of(data: bytes, *, pages: int = 0, media_type: str = pictures.PDF) -> Source:
    """A kept file."""
    digest, size = files.keep([data])
    return Source.objects.create(sha256=digest, size=size, media_type=media_type, pages=pages)


@pytest.fixture
def paper(document: Callable[..., Document], evaluation: Callable[..., Evaluation]) -> Document:
    """The sample paper with its file, in a draft's hands."""
    with sample_paper.path("pdf").open("rb") as file:
        source = source_of(file.read(), pages=17)
    return document(evaluation(), source=source)


def test_a_page_is_drawn_in_the_width_that_is_asked_for_or_the_next_wider(paper: Document) -> None:
    path = pictures.picture(paper, 3, 600)
    assert path is not None
    with Image.open(path) as image:
        assert image.width == 620
        assert 1.3 < image.height / image.width < 1.5
