"""What stands around every page: where one can go, in which language and look, and the small parts that pages are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.template import Context, Template

from evaltrail.write.charts import Scale
from evaltrail_office.site.templatetags.office import colour_step, scale_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User

    People = Callable[..., User]

pytestmark = pytest.mark.django_db


def shown(client: Client, address: str = "/search/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def drawn(template: str, **context: object) -> str:
    return Template("{% load office %}" + template).render(Context(context))


def test_the_navigation_leads_where_the_person_may_go_and_says_where_one_is(client: Client, person: People) -> None:
    client.force_login(person("head"))
    page = shown(client)
    assert '<a href="/search/" aria-current="page">Search</a>' in page
    assert '<a href="/intake/">Intake</a>' in page
    client.force_login(person("reader"))
    page = shown(client)
    assert 'href="/intake/"' not in page
    assert '<a href="/evaluations/">Evaluations</a>' in page


def test_a_stranger_is_led_to_signing_in_and_nowhere_else(client: Client, person: People) -> None:
    person("head")
    page = shown(client, "/")
    assert 'href="/accounts/login/"' in page
    assert 'aria-label="Main"' not in page


def test_the_page_has_the_persons_look_whatever_the_system_is_set_to(client: Client, person: People) -> None:
    user = person("head")
    client.force_login(user)
    assert "data-theme" not in shown(client)
    user.theme = "dark"
    user.save()
    page = shown(client)
    assert '<html lang="en" data-theme="dark">' in page
    assert '<meta name="color-scheme" content="dark">' in page


def test_a_language_is_chosen_by_a_plain_form_and_stays_the_persons(client: Client, person: People) -> None:
    user = person("head")
    client.force_login(user)
    answer = client.post("/language", {"language": "fr", "next": "/search/"})
    assert (answer.status_code, answer["Location"]) == (302, "/search/")
    assert '<html lang="fr"' in shown(client)
    client.post("/language", {"language": "es", "next": "/search/"})
    assert '<html lang="es"' in shown(client)
    user.refresh_from_db()
    assert user.language == "es"


def test_a_stranger_chooses_a_language_for_the_browser(client: Client, person: People) -> None:
    person("head")
    client.post("/language", {"language": "fr", "next": "/"})
    assert '<html lang="fr"' in shown(client, "/")


def test_choosing_no_language_that_there_is_changes_nothing_and_leads_nowhere_foreign(client: Client, person: People) -> None:
    user = person("head")
    client.force_login(user)
    answer = client.post("/language", {"language": "xx", "next": "https://elsewhere.example/"})
    assert "elsewhere" not in answer["Location"]
    user.refresh_from_db()
    assert user.language == ""


def test_a_rating_has_its_number_its_colour_and_its_word() -> None:
    cell = drawn("{% rating 3 %}")
    assert 'data-value="3"' in cell
    assert ">somewhat unsatisfactory: </span>3</span>" in cell
    assert 'data-value=""' in drawn("{% rating none %}", none=None)
    assert "not rated" in drawn("{% rating none %}", none=None)


def test_a_scale_of_four_keeps_its_line_and_one_of_five_has_none() -> None:
    four = scale_of("1-4: 1 = Poor; 2 = Fair; 3 = Good; 4 = Very good")
    assert [colour_step(four, i) for i in range(4)] == [1, 3, 4, 6]
    assert "data-lineless" not in drawn("{% rating 2 scale %}", scale="1-4")
    assert "data-lineless" in drawn("{% rating 2 scale %}", scale="1-5")
    assert [colour_step(Scale.of("1-6"), i) for i in range(6)] == [1, 2, 3, 4, 5, 6]


def test_a_row_of_boxes_is_filled_to_the_value_and_marks_the_earlier_one() -> None:
    row = drawn("{% boxes 4 '1-6' 3 %}")
    assert row.count("filled") == 4
    assert row.count('<span class="box ') + row.count('<span class="box"') == 6
    assert row.index("earlier") < row.index(">4<")


def test_a_state_is_a_shape_and_a_word() -> None:
    said = drawn('{% state "late" "Late, 29 days" %}')
    assert "<svg" in said
    assert "Late, 29 days" in said
    assert "Accepted in part" in drawn('{% state "partially_accepted" %}')


def test_what_the_journal_is_about_is_a_link_where_it_has_a_page() -> None:
    assert drawn('{% thing "document:D-000001" %}') == '<a href="/documents/D-000001/">document D-000001</a>'
    assert drawn('{% thing "statement:D-000001/I.r1" %}').startswith('<a href="/documents/D-000001/statements/I.r1/">')
    assert drawn('{% thing "person:P-00001" %}') == "person P-00001"
    assert "<script>" not in drawn("{% thing name %}", name="document:<script>")


def test_a_place_is_a_link_with_page_and_paragraph() -> None:
    class Row:
        record_id, page = "I.r1", 38

    said = drawn('{% place "D-000001" row "83" %}', row=Row())
    assert said == '<a class="place" href="/documents/D-000001/statements/I.r1/">p. 38, §83</a>'
