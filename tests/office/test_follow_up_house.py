"""The office's own settings of follow-up: for the head of evaluation, journalled, and never for what has begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.html import escape

from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up.actions import house, opening
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.models import House
from evaltrail_office.follow_up.preset import shipped
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation

    Person = Callable[..., User]
    SignedIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db
OWN = """
id = "ours"
name = "Ours"
verdicts = { accepted = "Agreed" }
statuses = [{ code = "todo", words = "To do", meaning = "open" }, { code = "done", words = "Done", meaning = "done" }]
"""


def test_an_own_preset_is_offered_and_open_follow_ups_keep_theirs(person: Person, evaluation: Callable[..., Evaluation]) -> None:
    head, own = person("head"), evaluation(stage="released")
    Recommendation.objects.create(key="R-000001", evaluation=own, number="1", position=0, text="Train.")
    before = opening.open_follow_up(head, own)
    house.set_house(head, preset="ours", months={"short": 6}, own=OWN)
    assert preset_of(before).id == "house"
    other = evaluation("Another", stage="released")
    Recommendation.objects.create(key="R-000002", evaluation=other, number="1", position=0, text="Train.")
    assert preset_of(opening.open_follow_up(head, other)).name == "Ours"
    entry = Entry.objects.get(thing="house:follow-up")
    assert entry.old == {"preset": "house", "months": {}, "own": ""}
    assert entry.new == {"preset": "ours", "months": {"short": 6}, "own": OWN.strip()}


def test_what_cannot_be_meant_is_refused_and_nothing_is_written(person: Person) -> None:
    head = person("head")
    with pytest.raises(Refused, match="no preset"):
        house.set_house(head, preset="theirs", months={}, own="")
    with pytest.raises(Refused, match="not TOML"):
        house.set_house(head, preset="house", months={}, own="id = ")
    with pytest.raises(Refused, match="between 1 and"):
        house.set_house(head, preset="house", months={"short": 0}, own="")
    for who in (person("manager", "E-00001"), person("coordinator"), person()):
        with pytest.raises(PermissionDenied):
            house.set_house(who, preset="house", months={}, own="")
    assert not House.objects.exists()


def test_settings_are_a_page_of_the_head_and_presets_of_all_who_have_a_part(person: Person, signed_in: SignedIn) -> None:
    client = signed_in(person("head"))
    page = client.get("/follow-up/settings/").content.decode()
    for preset in shipped().values():
        assert escape(preset.name) in page
        assert client.get(f"/follow-up/presets/{preset.id}/").status_code == 200
        text = client.get(f"/follow-up/presets/{preset.id}.toml")
        assert f'id = "{preset.id}"' in text.content.decode()
    faulty = client.post("/follow-up/settings/", {"preset": "house", "own": "name = 1", "short": "6"})
    assert faulty.status_code == 422
    assert client.post("/follow-up/settings/", {"preset": "gao", "own": "", "short": "6", "medium": "", "long": ""}).status_code == 302
    assert (House.of_office().preset, House.of_office().months) == ("gao", {"short": 6})
    reader = signed_in(person("reader"))
    assert (reader.get("/follow-up/settings/").status_code, reader.get("/follow-up/presets/gao/").status_code) == (403, 200)
    stranger = signed_in(person())
    assert (stranger.get("/follow-up/settings/").status_code, stranger.get("/follow-up/presets/gao/").status_code) == (403, 404)
