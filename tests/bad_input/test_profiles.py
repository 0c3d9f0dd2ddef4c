"""A profile that cannot be used is refused in one line that names the file, the fault and the remedy."""

from __future__ import annotations

import pytest

from evaltrail.check.profile import Refused, load

HEAD = 'name = "house"\ntitle = "House"\nversion = "1"\n'
ITEM = '[[items]]\nid = "1"\nsection = "s"\ntext = "t"\n'
SOURCE = '[[sources]]\nkey = "A"\ntitle = "A"\nurl = "https://example.org"\nread = "part"\n'


def refused(tmp_path, content, name="house.toml"):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(Refused) as said:
        load(str(file))
    line = str(said.value)
    assert line.startswith(f"{file}: ")
    assert "\n" not in line
    return line.removeprefix(f"{file}: ")


@pytest.mark.parametrize(
    "content, said",
    [
        (b"\xff\xfe", "the profile is not UTF-8 text"),
        ("name = ", "the profile is not sound TOML"),
        ('title = "House"\nversion = "1"\n', "name: is missing"),
        (HEAD.replace("house", "My House"), "name: "),
        (HEAD + "colour = 1\n", "colour: is no field of a profile"),
        (HEAD + 'extends = "nowhere"\n', "it extends “nowhere”, and there is no such profile"),
        (HEAD + '[rules]\nselect = ["REC999"]\n', "unknown rules: REC999"),
        (HEAD + '[settings.REC999]\nseverity = "note"\n', "unknown rules: REC999"),
        (HEAD + "[settings.REC001.options]\nleast = 3\n", "REC001 has no option least; it has most"),
        (HEAD + '[settings.REC001]\nseverity = "fatal"\n', "settings.REC001.severity: "),
        (HEAD + '[[suppress]]\nrule = "REC001"\n', "suppress.1.reason: is missing: a suppression needs a rule, a reason and a last day"),
        (HEAD + '[[suppress]]\nrule = "REC001"\nreason = " "\nuntil = 2027-01-01\n', "suppress.1.reason: a suppression needs a reason"),
        (HEAD + ITEM + 'rules = ["REC"]\n', "items.1.rules: REC: an item names single rules"),
        (HEAD + ITEM + 'rules = ["REC999"]\n', "unknown rules: REC999"),
        (HEAD + ITEM + "weight = 0\n", "items.1.weight: "),
        (HEAD + ITEM + 'papers = ["letter"]\n', "items.1.papers.1: "),
        (HEAD + ITEM + ITEM, "items with the same id: 1"),
        (HEAD + 'institution = "UNEG"\n', "a profile that carries an institution's name needs at least one source"),
        (HEAD + 'institution = "UNEG"\n' + SOURCE + ITEM + 'source = "B, 1"\n', "items without a source of this profile: 1"),
        (HEAD + 'institution = "UNEG"\n' + SOURCE + ITEM, "items without a source of this profile: 1"),
        (
            HEAD + 'institution = "UNEG"\n' + SOURCE + '[rules]\nselect = ["REC"]\n',
            "a profile that carries an institution's name names its rules one by one",
        ),
        (HEAD + '[scoring]\nscale = [[1.0, "met"]]\n', "scoring.scale: a scale goes from the best word"),
        (HEAD + '[scoring]\nscale = [[0.0, "bad"], [1.0, "good"]]\n', "scoring.scale: a scale goes from the best word"),
        (HEAD + '[scoring]\nscale = [[1.0, "met"], [0.0, "Met"]]\n', "scoring.scale: each word of a scale stands once"),
        (HEAD + '[scoring]\nscale = [[1.0, "met"], [0.0, "not applicable"]]\n', "scoring.scale: each word of a scale stands once"),
        (HEAD + '[scoring]\nbands = [[0.0, "weak"], [0.8, "good"]]\n', "scoring.bands: bands go from the highest share down"),
    ],
)
def test_a_profile_that_is_not_sound_is_refused(tmp_path, content, said):
    assert refused(tmp_path, content).startswith(said)


def test_an_extending_profile_may_not_use_an_id_again(tmp_path):
    again = ITEM.replace('"1"', '"RE1"')
    assert refused(tmp_path, f'{HEAD}extends = "good-practice"\n{again}').startswith("items with the same id as in “good-practice”: RE1")


def test_a_profile_that_is_not_there_or_no_file_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"there is no profile “nowhere”\. Profiles: .*uneg"):
        load("nowhere")
    with pytest.raises(Refused, match="cannot be read"):
        load(str(tmp_path / "none.toml"))
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    with pytest.raises(Refused, match="cannot be read"):
        load(str(folder))
    with pytest.raises(Refused):
        load("a\0b.toml")
