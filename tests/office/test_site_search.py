"""The search page shows of each hit where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from evaltrail.record import Evaluation as Part
from evaltrail.record import Observation, Page, Place, Record
from evaltrail_office.shelf import search
from evaltrail_office.shelf.models import Document, Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db

WORDS = "The harbour silts up every spring."


def paper(boxes: tuple[tuple[float, float, float, float], ...], *, titles: tuple[str, ...] = ("Ports",)) -> Record:
    """A record whose first evaluation has one finding on page 2, in these boxes."""
    place = Place(page=2, start=0, end=len(WORDS), boxes=boxes)
    found = Observation(id="f1", kind="finding", text=WORDS, places=(place,))
    size = {"width": 200.0, "height": 400.0} if boxes else {}
    return Record(
        document={"title": "Three evaluations", "language": "en"},
        pages=(Page(number=1, text="", **size), Page(number=2, text=WORDS, **size)),
        evaluations=tuple(Part(id=f"e{n}", title=t, statements=(found,) if n == 0 else ()) for n, t in enumerate(titles)),
    )


def pictured(document: Document, media_type: str = "application/pdf") -> Document:
    document.source = Source.objects.create(sha256="a" * 64, media_type=media_type, size=10, pages=2)
    document.save()
    return document


@pytest.fixture
def head(person: Callable[..., User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(person("head"))


def shown(client: Client) -> str:
    return client.get("/search/", {"q": "harbour"}).content.decode()


def test_a_hit_has_its_page_as_a_small_picture_with_the_place_marked(document: Callable[..., Document], head: Client) -> None:
    one = pictured(document(record=paper(((20.0, 300.0, 120.0, 320.0), (20.0, 280.0, 180.0, 300.0)))))
    search.write([one])
    page = shown(head)
    assert re.search(rf'<img src="/documents/{one.key}/pages/2\.png\?width=240&amp;v=a+"', page)
    x, y, width, height = (float(v) for v in re.search(r'<rect x="(.*?)" y="(.*?)" width="(.*?)" height="(.*?)"', page).groups())
    # Both lines are in it, with some air: 10 to 90 per cent across, 20 to 30 down.
    assert x < 10
    assert 90 < x + width < 100
    assert y < 20
    assert 30 < y + height < 40


def test_the_place_of_a_single_line_is_marked_so_that_it_is_seen(document: Callable[..., Document], head: Client) -> None:
    search.write([pictured(document(record=paper(((20.0, 396.0, 120.0, 399.0),))))])
    y, height = (float(v) for v in re.search(r'<rect .*? y="(.*?)" .*? height="(.*?)"', shown(head)).groups())
    assert height >= 6
    assert y >= 0


def test_a_paper_without_pages_is_found_without_a_picture(document: Callable[..., Document], head: Client) -> None:
    search.write([document(record=paper(()))])
    page = shown(head)
    assert "silts up" in page
    assert "<img" not in page.partition('<ol class="hits">')[2]


def test_a_word_file_has_no_picture_even_where_its_words_have_boxes(document: Callable[..., Document], head: Client) -> None:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    search.write([pictured(document(record=paper(((20.0, 300.0, 120.0, 320.0),))), word)])
    assert "small-leaf" not in shown(head)


def test_of_a_paper_with_several_evaluations_the_own_one_is_named(document: Callable[..., Document], head: Client) -> None:
    search.write([document(record=paper((), titles=("Ports", "Seafarers")))])
    assert re.search(r"<h3[^>]*><a [^>]*>Ports</a></h3>", shown(head))


def test_of_a_paper_with_one_evaluation_the_paper_is_named(document: Callable[..., Document], head: Client) -> None:
    search.write([document(record=paper(()))])
    assert re.search(r"<h3[^>]*><a [^>]*>Three evaluations</a></h3>", shown(head))


@pytest.mark.parametrize("label, name", [("1(a)", "Finding 1(a)"), ("Key finding 9", "Key finding 9"), ("", "Finding")])
def test_a_label_that_is_a_number_alone_has_its_kind_before_it(
    document: Callable[..., Document], head: Client, label: str, name: str
) -> None:
    record = paper(())
    found = record.evaluations[0].statements[0].model_copy(update={"label": label})
    part = record.evaluations[0].model_copy(update={"statements": (found,)})
    search.write([document(record=record.model_copy(update={"evaluations": (part,)}))])
    assert f'<p class="quiet small">{name} ·' in shown(head)
