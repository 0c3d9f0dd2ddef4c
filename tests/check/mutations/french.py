"""Clean reports in French."""

from __future__ import annotations

from random import Random
from typing import Any

from recall_mutations import numbers, words_fr
from recall_mutations.draft import Action, Draft, Finding, Leaf, Observation, Part, Rating, Recommendation, Response, Table


def french(seed: int) -> Draft:
    """The clean French report of a seed, always the same."""
    rng = Random(seed + 500)  # noqa: S311 (the same paper for the same seed)
    programme: Any = rng.choice(words_fr.PROGRAMMES)
    f: dict[str, Any] = numbers.drawn(rng, programme["districts"]) | programme
    f["due"] = f["paper"] + 1
    f["n_officials"], f["n_partners"] = rng.sample(range(3, 9), 2)
    f["legend"] = " ; ".join(f"{n} = {w}" for n, w in zip(range(6, 0, -1), reversed(words_fr.SCALE), strict=True))
    f["ratings_title"] = "Tableau 2. Notes par critère"
    part = Part(f["name"], facts=f)
    _stated(part, rng)
    texts = {k: [x.format(**_spaced(f)) for x in v] for k, v in words_fr.TEXT.items()}
    leaves = [
        Leaf(k, h, 3 if "." in k else 2, list(texts.get(k, ())), k not in ("contents", "acronyms", "data_sheet", "summary"))
        for k, h in words_fr.HEADINGS.items()
    ]
    annexes = _annexes(f)
    leaves += [Leaf(f"annex.{k}", h, 2, annexes[k], numbered=False) for k, h in words_fr.ANNEXES]
    a, b = rng.sample(words_fr.NAMES, 2)
    more = {"a": a, "b": b, "day": rng.randrange(2, 28), "month": rng.choice(numbers.MOIS)}
    draft = Draft(
        seed,
        "report",
        "fr",
        rng.choice(words_fr.TITLES).format(**f),
        [rng.choice(x).format(**f, **more) for x in words_fr.FRONT],
        dict(sorted([(f["short"], f["name"]), (f["org"], f["organisation"]), *f["units"]])),
        leaves,
        [part],
        {1: f"{f['organisation']}, Document de projet, {f['y0']}, page 12."},
        rng.random() < 0.6,
        dict(words_fr.LABELS),
        f,
    )
    draft.genre = "report"
    draft.leaf("summary").blocks.append("\n".join(f"- {r.text}" for r in part.recommendations))
    draft.leaf("method.criteria").blocks += ["\n".join(f"{i}. {q}" for i, q in enumerate(words_fr.QUESTIONS, 1)), *texts["method.scale"]]
    draft.leaf("data_sheet").blocks = [
        Table(
            "",
            [
                ["Rubrique", "Données"],
                ["Titre", f["name"]],
                ["Pays", f["country"]],
                ["Organisation", f["organisation"]],
                ["Partenaire", f["ministry"]],
                ["Période", f"{f['y0']}–{f['y1']}"],
                ["Budget", f"{f['budget'].replace('.', ',')} millions de dollars É.-U."],
            ],
        )
    ]
    return draft


def _spaced(f: dict[str, Any]) -> dict[str, Any]:
    """The figures with a thin space between thousands and a decimal comma, as French has them."""
    out = dict(f)
    for k in ("trained", "trained_women", "trained_men", "target"):
        out[k] = spaced(f[k])
    out["budget"] = f["budget"].replace(".", ",")
    return out


def spaced(n: int) -> str:
    """A number with its thousands apart."""
    return f"{n:,}".replace(",", "\u00a0")


def _stated(part: Part, rng: Random) -> None:
    f = part.facts
    filled = _spaced(f)
    for i, ((text, evidence), criterion) in enumerate(zip(words_fr.FINDINGS, words_fr.CRITERIA, strict=True), 1):
        part.findings.append(Finding(i, criterion, text.format(**filled), [evidence.format(**filled)]))
    rows = [["District", "Femmes", "Hommes", "Total"], *([d, spaced(w), spaced(m), spaced(w + m)] for d, w, m in f["by_district"])]
    part.facts["tables"] = {
        3: [
            Table(
                "Tableau 1. Personnes formées, par district",
                [*rows, ["Total", spaced(f["trained_women"]), spaced(f["trained_men"]), spaced(f["trained"])]],
            )
        ]
    }
    part.conclusions = [Observation(i, t.format(**filled)) for i, t in enumerate(words_fr.CONCLUSIONS, 1)]
    part.lessons = [Observation(i, t.format(**filled)) for i, t in enumerate(words_fr.LESSONS, 1)]
    shift = rng.randrange(3)
    for i, (text, measure, basis, priority, time, resources) in enumerate(words_fr.RECOMMENDATIONS, 1):
        short, full = f["units"][(i + shift) % 3]
        month = rng.choice(numbers.MOIS)
        more = {"unit": full, "month": month}
        said = text.format(**filled, **more).replace("Le Division", "La Division").replace("Le Bureau d", "Le Bureau d")
        part.recommendations.append(Recommendation(i, said, measure.format(**filled, **more), basis, short, priority, time, resources))
        verdict, answer = words_fr.RESPONSES[i - 1]
        said = (
            answer.format(**filled, unit=full)
            .replace("le Division", "la Division")
            .replace("Le Division", "La Division")
            .replace("au Division", "à la Division")
            .replace("au Ministère", "au Ministère")
        )
        actions = (
            [Action(words_fr.ACTIONS[i - 1], short, f"{rng.choice(numbers.MOIS)} {f['due']}", "Non commencée")]
            if verdict != "rejected"
            else []
        )
        part.responses.append(Response(i, verdict, [s if s.endswith(".") else f"{s}." for s in said.split(". ", 1)], actions))
    values = {c: rng.choice((4, 5, 6) if i not in (3, 5) else (3, 4)) for i, c in enumerate(words_fr.CRITERIA)}
    why = ("Besoins satisfaits", "Plans partagés", "Cibles atteintes", "Achats tardifs", "Revenus en hausse", "Entretien sans budget")
    middle = sorted(values.values())[2]
    part.ratings = [Rating(c, words_fr.SCALE[v - 1], v, w) for (c, v), w in zip(values.items(), why, strict=True)]
    part.ratings.append(Rating("Note globale", words_fr.SCALE[middle - 1], middle, "Milieu des six notes"))


def _annexes(f: dict[str, Any]) -> dict[str, list[Any]]:
    w, m = f["women"] - 9, f["men"] - 8
    sources = (
        "Documents, entretiens",
        "Plans, entretiens",
        "Registres, groupes",
        "Comptes, entretiens",
        "Enquêtes, statistiques",
        "Comptes, visites",
    )
    indicators = (
        "Part des besoins satisfaits",
        "Doubles emplois",
        "Cibles atteintes",
        "Semaines de retard",
        "Indice de revenu",
        "Redevances perçues",
    )
    return {
        "tor": [
            (
                "Les termes de référence demandaient une évaluation indépendante et fixaient les six critères, "
                "le budget de l’équipe et les dates."
            )
        ],
        "people": [
            Table(
                "Tableau 3. Personnes rencontrées, par groupe",
                [
                    ["Groupe", "Femmes", "Hommes", "Total"],
                    [f["ministry"], "5", "5", "10"],
                    ["Partenaires", "4", "3", "7"],
                    [f["people"].capitalize(), str(w), str(m), str(w + m)],
                    ["Total", str(f["women"]), str(f["men"]), str(f["interviews"])],
                ],
            )
        ],
        "documents": [
            f"{f['organisation']}, Document de projet, {f['y0']}.",
            f"{f['ministry']}, Plan sectoriel, {f['y0']}.",
            f"{f['organisation']}, Comptes du projet, {f['y1']}.",
        ],
        "tools": [
            "Le guide d’entretien compte neuf questions, et le questionnaire de l’enquête quatorze. Les deux ont été testés avant usage."
        ],
        "matrix": [
            Table(
                "Tableau 4. Questions, indicateurs et sources",
                [
                    ["Question", "Indicateur", "Sources"],
                    *(
                        [f"Question {i} ({c})", x, s]
                        for i, (c, x, s) in enumerate(zip(words_fr.CRITERIA, indicators, sources, strict=True), 1)
                    ),
                ],
            )
        ],
        "results": [
            Table(
                "Tableau 5. Cibles et résultats",
                [
                    ["Effet", "Indicateur", "Cible", "Atteint"],
                    ["Compétences", "Personnes formées", spaced(f["target"]), spaced(f["trained"])],
                    ["Sites", f"{f['thing'].capitalize()} {f['act']}", str(f["planned"]), str(f["built"])],
                ],
            )
        ],
    }
