"""Faults in French papers: those that need no words, and those with words of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recall_mutations.faults import chain, language, method, numbers_, plants, ratings, recommendations, response, structure, summary
from recall_mutations.faults.common import add_sentence, everywhere
from recall_mutations.numbers import MOIS

if TYPE_CHECKING:
    from random import Random

    from recall_mutations.draft import Draft

NEUTRAL = (
    ("STR005", structure.evaluators),
    ("STR006", structure.commissioner),
    ("STR007", structure.no_date),
    ("STR008", structure.data_sheet),
    ("STR009", structure.order),
    ("STR010", structure.part),
    ("STR012", structure.annex),
    ("STR014", structure.empty),
    ("SUM001", summary.missing),
    ("MET009", method.limitations),
    ("RAT001", ratings.outside),
    ("RAT002", ratings.misspelt),
    ("RAT005", ratings.overall),
    ("RAT008", ratings.not_rated),
    ("REC003", recommendations.time),
    ("REC004", recommendations.priority),
    ("REC005", recommendations.resources),
    ("REC012", recommendations.lead),
    ("NUM004", numbers_.total),
    ("LAN003", language.unused),
    ("LAN005", language.unit),
    ("RES001", response.unanswered),
    ("RES006", response.owner),
    ("CHA006", chain.twice),
)
for _code, _plant in NEUTRAL:
    plants(_code, "the same in French", into="french")(_plant)

F = "in French"


def sentence(d: Draft, rng: Random, *ways: str) -> str:
    """Put one of the sentences into the running text."""
    return add_sentence(
        d, rng, rng.choice(ways), "background", "background.logic", "method.data", "method.analysis", "method.ethics", "findings"
    )


def answer(d: Draft, rng: Random, *ways: str) -> str:
    """Put one of the sentences in the place of an answer."""
    a = rng.choice([a for a in d.part.responses if a.verdict == "accepted"])
    a.sentences, a.actions = [rng.choice(ways)], []
    everywhere(d, r" ?Il accepte deux des quatre recommandations pleinement et une partiellement, et il n’en accepte pas une\.", "")
    return a.sentences[0]


@plants("STR011", F, into="french")
def among(d: Draft, rng: Random) -> str:
    f = rng.choice(d.part.findings)
    words = rng.choice(
        (
            f"Il est recommandé que le {d.facts['ministry']} finance l’entretien.",
            f"L’évaluation recommande que l’{d.facts['org']} ouvre un second bureau.",
            "Nous recommandons de publier les comptes.",
        )
    )
    f.evidence.append(words)
    return words


@plants("STR015", F, into="french")
def placeholder(d: Draft, rng: Random) -> str:
    return sentence(
        d,
        rng,
        "[à compléter]",
        "[insérer le tableau ici]",
        "XX pour cent des visites ont été annoncées.",
        "Lorem ipsum dolor sit amet.",
        "[à préciser]",
    )


@plants("STR017", F, into="french")
def annex(d: Draft, rng: Random) -> str:
    n = rng.randrange(7, 15)
    return sentence(d, rng, f"La liste figure à l’annexe {n}.", f"Le détail est donné en annexe (voir annexe {n}).")


@plants("FIN003", F, into="french")
def recommends(d: Draft, rng: Random) -> str:
    f = rng.choice(d.part.findings)
    words = rng.choice(
        (
            f"Le {d.facts['ministry']} devrait réserver des fonds aux réparations.",
            "Les bureaux de district devraient se réunir plus souvent.",
            "Les comités devraient publier leurs comptes.",
        )
    )
    f.text = f"{f.text} {words}"
    return words


@plants("FIN008", F, into="french")
def vague(d: Draft, rng: Random) -> str:
    f = rng.choice([f for f in d.part.findings if f.number != 3])
    words = rng.choice(
        (
            "De nombreux répondants ont trouvé les cours trop courts.",
            "Certaines parties prenantes doutaient des chiffres.",
            "La plupart des personnes interrogées étaient contentes.",
            "Plusieurs répondants ont demandé un second cours.",
        )
    )
    f.text = f"{f.text} {words}"
    return words


@plants("REC006", F, into="french")
def vague_verb(d: Draft, rng: Random) -> str:
    r = rng.choice(d.part.recommendations)
    r.text = (
        r.text.split(" devrait ")[0]
        + " devrait "
        + rng.choice(
            (
                "renforcer ses efforts.",
                "continuer à renforcer la coopération.",
                "améliorer la communication.",
                "assurer une meilleure coordination.",
                "renforcer les partenariats.",
            )
        )
    )
    r.measure = ""
    d.leaf("summary").blocks[-1] = "\n".join(f"- {x.text}" for x in d.part.recommendations)
    return r.text


@plants("CHA003", F, into="french")
def missing(d: Draft, rng: Random) -> str:
    n = rng.randrange(8, 20)
    r = rng.choice(d.part.recommendations)
    r.basis = rng.choice(
        (
            f"Cette recommandation découle du constat {n}.",
            f"Cette recommandation découle de la conclusion {n}.",
            f"Elle repose sur le constat {n}.",
        )
    )
    return r.basis


@plants("CHA005", F, into="french")
def nowhere(d: Draft, rng: Random) -> str:
    n = rng.randrange(9, 30)
    return sentence(
        d,
        rng,
        f"On en sait davantage (voir tableau {n}).",
        f"La figure {n} montre le détail.",
        f"On en sait davantage (voir figure {n}).",
        f"Le tableau {n} en donne le détail.",
    )


@plants("NUM001", F, into="french")
def column(d: Draft, rng: Random) -> str:
    r = rng.choice(d.part.recommendations)
    if rng.random() < 0.5:
        r.resources = rng.choice(("Court terme", "Moyen terme", "Long terme"))
    else:
        r.priority, r.time = r.time, r.priority
    return f"{r.priority} | {r.time} | {r.resources}"


@plants("NUM003", F, into="french")
def parts(d: Draft, rng: Random) -> str:
    a, b = rng.sample(range(11, 60), 2)
    n = a + b + rng.choice((-3, -1, 1, 4))
    return sentence(
        d,
        rng,
        f"Au total, {n} chauffeurs ont été rencontrés : {a} femmes et {b} hommes.",
        f"L’équipe a rencontré {n} maires ({a} femmes et {b} hommes).",
        f"Sur les {n} chauffeurs, {a} étaient des femmes et {b} des hommes.",
    )


@plants("NUM006", F, into="french")
def share(d: Draft, rng: Random) -> str:
    whole = rng.choice((40, 50, 80))
    a = rng.randrange(10, whole - 5)
    p = round(100 * a / whole) + rng.choice((-11, -6, 5, 8))
    return sentence(
        d,
        rng,
        f"Sur {whole} chauffeurs, {a} ({p} pour cent) ont pris part.",
        f"Dans un district, {a} maires sur {whole} ({p} pour cent) étaient d’accord.",
    )


@plants("NUM008", F, into="french")
def period(d: Draft, rng: Random) -> str:
    old = d.facts["y1"]
    new = old + rng.choice((-1, 1))
    d.title = re.sub(rf"{old}(?=\)?$)", str(new), d.title)
    return f"title to {new}, text to {old}"


@plants("NUM009", F, into="french")
def backwards(d: Draft, rng: Random) -> str:
    a, b = sorted(rng.sample(range(12, 90), 2))
    y, z = d.facts["y0"], d.facts["y1"]
    return sentence(
        d,
        rng,
        f"Il en allait ainsi en {z}–{y}.",
        f"Entre {b} et {a} personnes venaient à chaque réunion.",
        f"Les dossiers de {z}–{y} ont été gardés.",
    )


@plants("NUM010", F, into="french")
def impossible(d: Draft, rng: Random) -> str:
    year = d.facts["y1"]
    return sentence(
        d,
        rng,
        f"Le contrat a été signé le 31 juin {year}.",
        f"Le dépôt a ouvert le 30 février {year}.",
        f"La dernière visite a eu lieu le 31 novembre {year}.",
        f"L’équipe a rencontré le maire le 12 {rng.choice(MOIS)} {d.facts['paper'] + 15}.",
    )


@plants("LAN001", F, into="french")
def undefined(d: Draft, rng: Random) -> str:
    a = rng.choice(language.FOREIGN)
    sentence(d, rng, f"Le {a} a transmis ses chiffres à l’équipe.", f"Le personnel du {a} a pris part à deux visites.")
    return sentence(d, rng, f"Le {a} en a été informé.", f"Les chiffres du {a} vont dans le même sens.")


@plants("LAN006", F, into="french")
def doubled(d: Draft, rng: Random) -> str:
    leaf = d.leaf(rng.choice(("background", "method.data", "method.ethics", "method")))
    i = rng.randrange(len(leaf.blocks))
    found = list(re.finditer(r" (de|les|des|la|et|pour|ont|été|dans) ", leaf.blocks[i]))
    m = rng.choice(found)
    leaf.blocks[i] = leaf.blocks[i][: m.end()] + m[1] + " " + leaf.blocks[i][m.end() :]
    return f"“{m[1]} {m[1]}”"


@plants("RES002", F, into="french")
def welcomed(d: Draft, rng: Random) -> str:
    return answer(
        d,
        rng,
        "Le Bureau accueille favorablement cette recommandation.",
        "Cette recommandation est bienvenue.",
        "Le Bureau prend note de la recommandation avec intérêt.",
        "Le Bureau remercie les évaluateurs de cette recommandation utile.",
    )


@plants("RES003", F, into="french")
def rejected(d: Draft, rng: Random) -> str:
    return answer(
        d, rng, "Le Bureau n’accepte pas la recommandation.", "La recommandation est rejetée.", "La recommandation n’est pas acceptée."
    )


@plants("RES004", F, into="french")
def partial(d: Draft, rng: Random) -> str:
    return answer(d, rng, "La recommandation est partiellement acceptée.", "Le Bureau accepte partiellement la recommandation.")


@plants("RES005", F, into="french")
def no_action(d: Draft, rng: Random) -> str:
    return answer(
        d, rng, "Le Bureau accepte la recommandation.", "La recommandation est acceptée.", "Le Bureau souscrit à la recommandation."
    )


@plants("RES011", F, into="french")
def counted(d: Draft, rng: Random) -> str:
    everywhere(
        d,
        r"accepte deux des quatre recommandations pleinement",
        rng.choice(("accepte trois des quatre recommandations pleinement", "accepte une des quatre recommandations pleinement")),
    )
    return "a wrong count of acceptances"
