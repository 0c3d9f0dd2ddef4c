"""The pages of registers: bringing, mapping, taking over, row by row, taking back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from evaltrail_office.accounts.models import Unit
from evaltrail_office.follow_up.actions.registers import begin
from evaltrail_office.follow_up.forms_registers import Mapped
from evaltrail_office.follow_up.models import Mapping, Register, Track
from tests.office.registers_made import ROWS, brought, table, taken, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation

pytestmark = pytest.mark.django_db


def sent(client: Client, content: bytes, name: str = "harbour.xlsx", **more: str) -> str:
    """Bring a file through the page; returns where it leads, or the page's words."""
    answer = client.post(reverse("registers"), {"file": SimpleUploadedFile(name, content), **more})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def posted(register: Register, **changes: str) -> dict[str, str]:
    """What the form of the mapping sends as it stands."""
    form = Mapped(register=register)
    return {name: str(form[name].value() or "") for name in form.fields} | changes


def test_a_register_is_brought_mapped_and_taken_over_with_forms_alone(
    person: Callable[..., User], signed_in: Callable[[User], Client], work: Callable[[], int]
) -> None:
    client = signed_in(person("head"))
    where = sent(client, xlsx())
    assert "being read" in client.get(where).content.decode()
    work()
    page = client.get(where).content.decode()
    assert "a status that is not mapped" in page
    assert "no recommendation text" in page
    assert "stands in the file twice" in page
    assert "due before it was made" in page
    assert "2 evaluations" not in page
    register = Register.objects.get()
    assert [register.sheet, register.header] == ["Register", 3]
    green = list(register.counts["statuses"]).index("Green")
    answer = client.post(f"{where}mapping/", posted(register, **{f"status-{green}": "under_way", "name": "Harbour"}), follow=True)
    assert "counted anew" in answer.content.decode()
    assert Mapping.objects.get().name == "Harbour"
    client.post(f"{where}take-over/")
    assert "being taken over" in client.get(where).content.decode()
    work()
    page = client.get(where).content.decode()
    assert "What became of its rows" in page
    assert Track.objects.count() == 6
    client.post(f"{where}take-back/")
    work()
    assert "6 rows: what they made was removed" in client.get(where).content.decode()
    assert not Track.objects.exists()


def test_people_without_a_part_in_planning_are_told_so_and_strangers_sign_in(
    person: Callable[..., User],
    signed_in: Callable[[User], Client],
    work: Callable[[], int],
    evaluation: Callable[..., Evaluation],
    client: Client,
) -> None:
    head = person("head")
    register = brought(head, work, xlsx())
    addresses = [reverse(f"register{n}", args=[register.key]) for n in ("", "-units", "-rows")]
    assert client.get(reverse("registers")).status_code == 302
    assert all(client.get(a).status_code == 302 for a in addresses)
    colleague = signed_in(person("reader"))
    assert colleague.get(reverse("registers")).status_code == 403
    assert [colleague.get(a).status_code for a in addresses] == [404, 404, 404]
    assert colleague.post(reverse("register-take-over", args=[register.key])).status_code == 404
    assert colleague.get(reverse("register-export", args=[register.key, "csv"])).status_code == 404
    manager = signed_in(person("manager", evaluation()))
    assert manager.get(reverse("registers")).status_code == 200
    assert [manager.get(a).status_code for a in addresses] == [404, 404, 404]


def test_a_manager_brings_a_matrix_for_their_own_evaluation_alone(
    person: Callable[..., User], signed_in: Callable[[User], Client], work: Callable[[], int], evaluation: Callable[..., Evaluation]
) -> None:
    own, other = evaluation("Harbour lights", stage="issued"), evaluation("Quays", stage="issued")
    client = signed_in(person("manager", own))
    rows = [["1", "The Board should paint the lights.", "Open"]]
    matrix = table(rows, ["No.", "Recommendation", "Status"])
    assert "This field is required" in sent(client, matrix, "m.csv")
    assert "Select a valid choice" in sent(client, matrix, "m.csv", evaluation=other.key)
    where = sent(client, matrix, "m.csv", evaluation=own.key)
    work()
    assert client.get(where).status_code == 200
    client.post(f"{where}take-over/")
    work()
    assert [t.evaluation for t in Track.objects.all()] == [own]


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("empty.csv", b" \n\n", "there is no row in it"),
        ("paper.pdf", b"%PDF-1.7 ...", "It is a PDF and not a table"),
        ("broken.xlsx", b"PK\x03\x04 and then nothing", "It is damaged"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "of a kind that is not read"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "It is not a table"),
        ("page.csv", b"<html><body>Sign in</body></html>", "It is not a table"),
        ("words.txt", b"just words\nand more words\n", "looks like headings"),
    ],
)
def test_a_file_that_is_no_register_gets_one_line_that_says_why(
    person: Callable[..., User], signed_in: Callable[[User], Client], work: Callable[[], int], name: str, content: bytes, words: str
) -> None:
    client = signed_in(person("head"))
    where = sent(client, content, name)
    work()
    page = client.get(where).content.decode()
    assert words in page
    assert "Bring another file" in page


def test_a_file_of_no_bytes_and_no_file_at_all_are_told_at_once(person: Callable[..., User], signed_in: Callable[[User], Client]) -> None:
    client = signed_in(person("head"))
    assert "It is empty (0 bytes)" in sent(client, b"")
    answer = client.post(reverse("registers"), {})
    assert answer.status_code == 422
    assert "No file was chosen" in answer.content.decode()
    assert not Register.objects.exists()


def test_a_head_names_the_one_evaluation_of_a_matrix_by_its_key(
    person: Callable[..., User], signed_in: Callable[[User], Client], work: Callable[[], int], evaluation: Callable[..., Evaluation]
) -> None:
    own, client = evaluation("Harbour lights", stage="issued"), signed_in(person("head"))
    matrix = table([["1", "The Board should paint the lights.", "Open"]], ["No.", "Recommendation", "Status"])
    assert "There is no evaluation E-99999" in sent(client, matrix, "m.csv", evaluation="E-99999")
    sent(client, matrix, "m.csv", evaluation=own.key.lower())
    assert Register.objects.get().evaluation == own


def test_two_columns_for_one_field_are_refused_beside_the_column(
    person: Callable[..., User], signed_in: Callable[[User], Client], work: Callable[[], int]
) -> None:
    head = person("head")
    register = brought(head, work, xlsx())
    answer = signed_in(head).post(reverse("register-mapping", args=[register.key]), posted(register, **{"column-0": "text"}))
    assert answer.status_code == 422
    assert "cannot both be this" in answer.content.decode()


def test_a_remembered_mapping_is_used_for_the_same_headings_and_says_which_column_is_missing_for_others(
    person: Callable[..., User], signed_in: Callable[[User], Client], work: Callable[[], int]
) -> None:
    head = person("head")
    client = signed_in(head)
    first = brought(head, work, xlsx())
    green = list(first.counts["statuses"]).index("Green")
    client.post(reverse("register-mapping", args=[first.key]), posted(first, **{f"status-{green}": "done", "name": "Harbour"}))
    second = brought(head, work, xlsx(title=False), "again.xlsx")
    assert second.fields["statuses"]["Green"] == "done"
    assert "“Harbour” is used" in client.get(reverse("register", args=[second.key])).content.decode()
    other = brought(head, work, table([["1", "The Board should sing.", "Open"]], ["Rec. no.", "Recommendation", "Status"]), "short.csv")
    answer = client.post(reverse("register-mapping", args=[other.key]), {"use": str(Mapping.objects.get().pk)}, follow=True)
    words = answer.content.decode()
    assert "This file has no column" in words
    assert "“Due date”" in words


def test_units_are_chosen_on_pages_of_their_own(
    person: Callable[..., User], signed_in: Callable[[User], Client], work: Callable[[], int]
) -> None:
    head = person("head")
    unit = Unit.objects.create(key="U-0001", name="Dredging and soundings")
    register = brought(head, work, xlsx())
    client, address = signed_in(head), reverse("register-units", args=[register.key])
    page = client.get(address).content.decode()
    assert page.count("<select") == 3
    names = ["Harbour Office", "Pilotage", "Dredging"]
    assert all(n in page for n in names)
    client.post(address, {"unit-0": "new", "unit-1": "", "unit-2": unit.key})
    register.refresh_from_db()
    assert register.fields["units"] == {"Harbour Office": "new", "Pilotage": "", "Dredging": "U-0001"}


def test_rows_go_into_files_in_which_nothing_is_computed(
    person: Callable[..., User], signed_in: Callable[[User], Client], work: Callable[[], int]
) -> None:
    head = person("head")
    register = taken(head, work, xlsx())
    client = signed_in(head)
    text = client.get(reverse("register-export", args=[register.key, "csv"])).content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert len(lines) == 1 + len(ROWS)
    assert lines[5][4].startswith("'=The Board")
    book = load_workbook(io.BytesIO(client.get(reverse("register-export", args=[register.key, "xlsx"])).content))
    cell = book["Rows"]["E6"]
    assert (cell.value, cell.data_type) == ("=The Board should count ships.", "s")
    only = client.get(reverse("register-export", args=[register.key, "csv"]), {"outcome": "skipped"}).content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(only)))) == 1 + 4


def test_more_rows_ask_the_database_no_more(
    person: Callable[..., User], signed_in: Callable[[User], Client], work: Callable[[], int]
) -> None:
    head = person("head")
    client = signed_in(head)
    asked = []
    for n in (10, 20):
        rows = [
            [str(i), f"HB-{n}-{i}", "Pilotage", f"The Board should mend quay {n} {i}.", "Open", "Accepted", "Yes.", *ROWS[1][7:]]
            for i in range(n)
        ]
        register = brought(head, work, xlsx(rows), f"{n}.xlsx")
        client.get(reverse("registers"))  # what is read once a session
        with CaptureQueriesContext(connection) as before:
            client.get(reverse("register", args=[register.key]))
        begin(head, register)
        with CaptureQueriesContext(connection) as taking:
            work()
        with CaptureQueriesContext(connection) as after:
            client.get(reverse("register-rows", args=[register.key]))
        asked.append((len(before), len(taking), len(after)))
        assert register.rows.filter(outcome="taken").count() == n
    assert asked[0] == asked[1]


def test_the_page_of_follow_up_leads_there_for_those_who_may(person: Callable[..., User], signed_in: Callable[[User], Client]) -> None:
    address = reverse("registers")
    assert address in signed_in(person("head")).get(reverse("follow-up")).content.decode()
    assert address not in signed_in(person("coordinator")).get(reverse("follow-up")).content.decode()
