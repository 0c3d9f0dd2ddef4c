"""House templates: a folder gives papers an organisation's name, logo, colours and words; what is wrong in it is said in one line."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest

from evaltrail.write import house
from evaltrail.write.wording import wording

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><title>Merrow</title><rect width="200" height="50"/></svg>'
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x0b\x08\x00\x20\x00\x40\x01\x01\x11\x00" + b"\xff\xd9" * 4
)


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\x00" + b"\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def template(folder: Path, toml: str, **files: bytes | str) -> Path:
    """A folder with a house.toml and files beside it ('logo_svg' is logo.svg)."""
    (folder / "house.toml").write_text(toml, encoding="utf-8")
    for name, data in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def refused(folder: Path) -> str:
    """The one line with which a template is refused."""
    with pytest.raises(house.HouseError) as caught:
        house.load(folder)
    said = str(caught.value)
    assert "\n" not in said
    return said


def test_a_folder_gives_name_logo_colour_words_and_texts(tmp_path: Path) -> None:
    folder = template(
        tmp_path,
        """
        organisation = "Merrow Sea Organization"
        governing_body = "Council"
        paper = "us-letter"
        accent = "#0A5C8C"
        [logo]
        file = "logo.svg"
        description = "A boat under a star"
        width = 90
        [texts]
        purpose = { file = "purpose.txt" }
        disclaimer = "Printed in a limited number."
        [texts.fr]
        disclaimer = "Tirage limité."
        [words.en]
        headings.response = "Management response"
        """,
        logo_svg=SVG,
        purpose_txt="For the Council.\r\nIn two lines.",
    )
    found = house.load(folder)
    assert (found.name, found.organisation, found.paper, found.accent) == (
        "Merrow Sea Organization",
        "Merrow Sea Organization",
        "us-letter",
        "#0a5c8c",
    )
    assert found.logo is not None
    assert (found.logo.media_type, found.logo.description, found.logo.width, found.logo.height) == (
        "image/svg+xml",
        "A boat under a star",
        90,
        22.5,
    )
    assert found.text("purpose", "es") == "For the Council.\nIn two lines."
    assert (found.text("disclaimer", "en"), found.text("disclaimer", "fr")) == ("Printed in a limited number.", "Tirage limité.")
    assert found.text("governing_body", "en") == "Council"
    assert wording("en", found)("headings.response") == "Management response"
    assert wording("fr", found)("headings.response") == "Réponse du Bureau"


def test_an_empty_template_is_a_plain_house_with_the_folder_s_name(tmp_path: Path) -> None:
    assert house.load(template(tmp_path, "")) == house.House(name=tmp_path.name)


@pytest.mark.parametrize(
    "data, kind, height", [(png(40, 10), "image/png", 30), (JPEG, "image/jpeg", 60), (SVG.encode(), "image/svg+xml", 30)]
)
def test_a_logo_is_known_by_its_bytes_and_keeps_its_shape(tmp_path: Path, data: bytes, kind: str, height: float) -> None:
    template(tmp_path, '[logo]\nfile = "logo"\ndescription = "x"\nwidth = 120', logo=data)
    logo = house.load(tmp_path).logo
    assert logo is not None
    assert (logo.media_type, logo.height) == (kind, height)


@pytest.mark.parametrize(
    "toml, said",
    [
        ('organization = "M"', "house.toml: there is no key 'organization'; did you mean 'organisation'?"),
        (
            '[words.en]\nheadings.respnse = "X"',
            "house.toml: [words.en]: there is no key 'headings.respnse'; did you mean 'headings.response'?",
        ),
        ('[words.xx]\nheadings.response = "X"', "house.toml: papers are not written in 'xx'; there are en, "),
        (
            '[words.en]\ncaptions.continued = "Page {pge}"',
            "house.toml: [words.en]: captions.continued asks for {pge}; there are {page}, {pages}",
        ),
        ('[words.en]\nheadings.response = "Answer {"', "house.toml: [words.en]: headings.response has a brace that is not closed"),
        ('accent = "blue"', "house.toml: accent is 'blue', which is no colour; write it as '#123c60'"),
        ('paper = "a3"', "house.toml: paper is 'a3'; it can be a4 or us-letter"),
        ("organisation = 3", "house.toml: organisation is not a line of text"),
        ('[logo]\nfile = "logo.svg"', "house.toml: [logo] needs a file and a description for those who do not see it"),
        ('[logo]\nfile = "../x.svg"\ndescription = "x"', "house.toml: [logo] file names '../x.svg', which lies outside the folder"),
        ('[logo]\nfile = "x"\ndescription = "x"\nwidth = -3', "house.toml: [logo] width is -3; it is a number of points up to 400"),
        ("[texts]\npurpos = 'x'", "house.toml: [texts]: there is no key 'purpos'; did you mean 'purpose'?"),
        ("words = 3", "house.toml: words is not a table; write [words.en] with keys such as headings.response"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(tmp_path: Path, toml: str, said: str) -> None:
    assert refused(template(tmp_path, toml)).startswith(said)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "there is no such folder" in refused(tmp_path / "nowhere")
    assert "there is no house.toml" in refused(tmp_path)
    assert "[logo] file names 'logo.png', and there is no such file" in refused(
        template(tmp_path, '[logo]\nfile = "logo.png"\ndescription = "x"')
    )


def test_a_file_that_is_not_toml_is_refused_with_the_line(tmp_path: Path) -> None:
    assert "is not TOML (" in refused(template(tmp_path, "organisation = "))
    (tmp_path / "house.toml").write_bytes(b"\xff\xfe\x00")
    assert "is not text in UTF-8" in refused(tmp_path)


@pytest.mark.parametrize(
    "data, said",
    [
        (b"GIF89a....", "is not a picture; a logo is PNG, JPEG or SVG"),
        (b"<html><body>no</body></html>", "is not a picture"),
        (png(40, 10)[:40], "is a PNG that is cut off"),
        (JPEG[:10], "is a JPEG that is cut off"),
        (SVG.replace("<rect", "<script>1</script><rect").encode(), "is an SVG with <script>"),
        (SVG.replace("<rect", '<rect onclick="x()"').encode(), "is an SVG with a script in onclick"),
        (
            SVG.replace("<rect", '<image href="http://x.example/a.png"/><rect').encode(),
            "is an SVG that refers to 'http://x.example/a.png' outside",
        ),
        (SVG.replace("<rect", '<rect style="fill:url(http://x.example/#a)"').encode(), "is an SVG that refers outside its file in style"),
        (SVG.replace("<rect", "<style>@import 'x.css';</style><rect").encode(), "is an SVG that refers outside its file in its style"),
        (b"<!DOCTYPE svg><svg viewBox='0 0 1 1'/>", "is an SVG with a document type"),
        (b"<svg viewBox='0 0 1 1'>", "is an SVG that is broken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is an SVG without a size"),
    ],
)
def test_a_logo_that_is_none_or_that_runs_or_fetches_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    template(tmp_path, '[logo]\nfile = "logo"\ndescription = "x"', logo=data)
    assert refused(tmp_path).startswith(f"logo: {said}")


DOCS = Path(__file__).parents[2] / "docs" / "how-to"


@pytest.mark.skipif(not DOCS.is_dir(), reason="the documentation is not part of the package")
def test_the_template_of_the_documentation_can_be_used() -> None:
    found = house.load(DOCS / "merrow-house")
    assert (found.organisation, found.text("head", "fr"), found.text("contact", "fr")[:6]) == (
        "Merrow Sea Organization",
        "Secretary-General",
        "Bureau",
    )
    assert found.logo is not None


@pytest.mark.skipif(not DOCS.is_dir(), reason="the documentation is not part of the package")
def test_the_documentation_lists_every_key_and_every_text() -> None:
    page = (DOCS / "house-template.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert listed == {*house.KEYS, *house.TEXTS}


def test_a_name_may_be_given_in_each_language(tmp_path: Path) -> None:
    found = house.load(template(tmp_path, 'head = { en = "Secretary-General", fr = "Secrétaire général" }'))
    assert (found.text("head", "fr"), found.text("head", "en"), found.text("head", "es")) == ("Secrétaire général", "Secretary-General", "")
