"""The faces of written papers: the shipped ones, their widths, and what stands in where they have no letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaltrail.write import fonts


def test_both_faces_are_shipped_in_four_cuts() -> None:
    found = fonts.shipped()
    assert len(found) == 8
    assert all(p.is_file() for p in found)
    assert {fonts.face(p).family for p in found} == {fonts.SERIF, fonts.SANS}


def test_a_face_says_which_letters_it_has_and_how_wide_they_are() -> None:
    face = fonts.face(fonts.shipped()[0])
    assert all(face.has(c) for c in "aéŁ€…“")
    assert not face.has("中")
    assert face.advance("中") is None
    wide, narrow = face.advance("m"), face.advance("i")
    assert wide is not None
    assert narrow is not None
    assert 0.2 < narrow < wide < 1.1


def test_a_width_is_the_widest_of_the_cuts() -> None:
    widths = fonts.Widths()
    assert all(widths[c] >= (fonts.face(p).advance(c) or 0) for c in "amW—" for p in fonts.shipped() if "It" not in p.stem)
    assert widths["中"] == 1.0


def test_latin_text_needs_no_further_face() -> None:
    assert fonts.needed(frozenset("éßœŁ€–“”…")) == ((), frozenset())


def test_other_scripts_take_the_fewest_faces_that_are_installed() -> None:
    further, missing = fonts.needed(frozenset("عربي\U00012000"))
    assert "\U00012000" in missing
    if "ع" in missing:
        pytest.skip("needs an Arabic face: fonts-dejavu-core or fonts-noto-core")
    assert len(fonts.families(further)) == 1
    assert [p for p in further if "Bold" not in p.name] == list(further[:1])


def test_the_folder_of_a_paper_holds_its_faces_and_no_others() -> None:
    folder = Path(fonts.folder(()).path)
    assert sorted(p.name for p in folder.iterdir()) == sorted(p.name for p in fonts.shipped())
