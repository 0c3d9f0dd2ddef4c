"""What the check says, on pages in each language."""

from __future__ import annotations

from django.template import Context, Template
from django.utils import translation

from evaltrail.check.report import Remark
from evaltrail.check.rule import rules
from evaltrail.check.wording import say, wording

SAID = "Recommendation 3 names nobody who “should” act & <when>."


def shown(language: str, rule: str, message: str = SAID) -> str:
    remark = Remark(
        rule=rule,
        name="no-responsible-unit",
        severity="error",
        status="stable",
        version=1,
        message=message,
        wording=wording(message),
        fingerprint="0123456789abcdef",
    )
    with translation.override(language):
        return Template("{% load office %}{% remark_words remark %}").render(Context({"remark": remark}))


def test_in_english_it_is_the_sentence_alone() -> None:
    assert shown("en", "REC002") == "<p>Recommendation 3 names nobody who “should” act &amp; &lt;when&gt;.</p>"


def test_in_another_language_it_is_the_sentence_in_that_language() -> None:
    said = say("{name} is addressed to “{words}”, which names nobody.", name=say("recommendation"), words="all & <everyone>")
    assert shown("en", "REC014", said) == "<p>recommendation is addressed to “all &amp; &lt;everyone&gt;”, which names nobody.</p>"
    assert shown("fr", "REC014", said) == (
        "<p>la recommandation s’adresse à «\u00a0all &amp; &lt;everyone&gt;\u00a0», ce qui ne désigne personne.</p>"
    )
    assert shown("es", "REC014", said) == "<p>la recomendación se dirige a «all &amp; &lt;everyone&gt;», lo que no nombra a nadie.</p>"


def test_what_an_earlier_version_kept_stands_in_english_behind_its_rules_title() -> None:
    assert shown("fr", "REC002").startswith('<p>Une recommandation n’indique pas qui doit agir.</p><p lang="en"')
    assert shown("es", "REC002").startswith('<p>Una recomendación no indica quién debe actuar.</p><p lang="en"')
    assert "act &amp; &lt;when&gt;" in shown("fr", "REC002")


def test_a_remark_of_a_rule_that_is_gone_is_shown_by_its_sentence() -> None:
    assert shown("fr", "REC999") == '<p lang="en">Recommendation 3 names nobody who “should” act &amp; &lt;when&gt;.</p>'


def test_every_rule_has_a_title_in_each_language() -> None:
    for language in ("fr", "es"):
        with translation.override(language):
            assert [code for code, rule in rules().items() if translation.gettext(rule.title) == rule.title] == []


def test_counts_are_told_in_words_and_in_their_number() -> None:
    counted = Template("{% load office %}{% remark_counts 1 6 0 %}")
    assert counted.render(Context()) == "1 error, 6 warnings, 0 notes"
    with translation.override("fr"):
        assert counted.render(Context()) == "1 erreur, 6 avertissements, 0 remarque"


def test_languages_have_names_and_unknown_ones_their_code() -> None:
    name = Template("{% load office %}{{ code|language }}")
    assert [name.render(Context({"code": code})) for code in ("en", "fr", "xx-unknown", None)] == ["English", "French", "xx-unknown", ""]
    with translation.override("es"):
        assert name.render(Context({"code": "en"})) == "Inglés"
