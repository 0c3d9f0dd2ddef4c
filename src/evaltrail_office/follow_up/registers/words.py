"""Words of registers in English, French and Spanish: headings, statuses, verdicts, signs of a recommendation; and how they are compared."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from evaltrail.read.recognise.verdicts import verdict_of
from evaltrail_office.follow_up.machine import Meaning, Verdict

if TYPE_CHECKING:
    from evaltrail_office.follow_up.preset import Preset


def plain(text: str) -> str:
    """Small letters without accents and punctuation, one blank between words."""
    bare = text
    if not text.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe")) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^0-9a-z]+", " ", bare.lower()).split())


HEADINGS: dict[str, tuple[str, ...]] = {
    # The most telling first: a heading is compared whole, then by its beginning, then by what it holds.
    "number": (
        "recommendation number", "recommendation no", "rec number", "rec no", "recommendation id", "recommendation ref", "reference number",
        "number", "no", "nr", "num", "id", "ref", "rec", "reference", "numero", "numero de la recommandation", "n", "no de recommandation",
        "numero de recomendacion", "no de recomendacion", "referencia",
    ),
    "evaluation": (
        "evaluation number", "evaluation id", "evaluation ref", "evaluation code", "report number", "report no", "report symbol", "inquiry",
        "inquiry number", "audit number", "audit no", "audit report", "evaluation", "report", "numero de l evaluation", "rapport",
        "numero du rapport", "enquete", "numero de evaluacion", "informe", "evaluacion", "numero de informe", "investigacion",
    ),
    "title": (
        "evaluation title", "title of evaluation", "title of the evaluation", "report title", "title of report", "project title", "title",
        "titre de l evaluation", "titre du rapport", "titre", "titulo de la evaluacion", "titulo del informe", "titulo", "project",
        "projet", "proyecto",
    ),
    "text": (
        "recommendation", "recommendations", "recommendation text", "text of recommendation", "text of the recommendation",
        "recommendation as in the report", "evaluation recommendation", "recommandation", "recommandations", "texte de la recommandation",
        "recomendacion", "recomendaciones", "texto de la recomendacion",
    ),
    "status": (
        "implementation status", "status of implementation", "status of recommendation", "recommendation status", "action status",
        "status of action", "status", "state", "progress status", "statut", "etat", "etat de mise en oeuvre", "etat d avancement",
        "statut de mise en oeuvre", "estado", "estado de implementacion", "estado de aplicacion", "estado de ejecucion", "situacion",
    ),
    "verdict": (
        "acceptance", "accepted", "accepted not accepted", "accepted partially accepted rejected", "management decision", "decision",
        "accept reject", "agreement", "agree disagree", "level of acceptance", "response category", "acceptation", "acceptee",
        "acceptee partiellement acceptee rejetee", "decision de la direction", "aceptacion", "aceptada",
        "aceptada parcialmente aceptada rechazada", "decision de la administracion",
    ),
    "reply": (
        "management response", "response", "reply", "reply text", "management reply", "response text", "management comments",
        "comments of management", "reponse de la direction", "reponse", "reponse de l administration", "commentaires de la direction",
        "respuesta de la administracion", "respuesta de la direccion", "respuesta", "respuesta de la gerencia",
    ),
    "action": (
        "key action", "key actions", "planned action", "planned actions", "action", "actions", "action planned", "proposed action",
        "actions to be taken", "action to be taken", "action taken", "actions taken", "management action", "action plan",
        "mesure", "mesures", "mesures prevues", "mesures a prendre", "actions prevues", "mesure prise", "medida", "medidas",
        "medidas previstas", "accion", "acciones", "acciones previstas", "accion clave",
    ),
    "action_number": ("action number", "action no", "key action no", "action id", "numero de l action", "numero de la accion"),
    "unit": (
        "responsible unit", "responsible", "responsible office", "responsible entity", "responsible party", "responsibility", "recipient",
        "addressee", "addressed to", "lead unit", "lead", "owner", "action owner", "unit", "office", "department", "division",
        "responsible person", "unite responsable", "responsable", "destinataire", "service responsable", "unite", "chef de file",
        "unidad responsable", "destinatario", "oficina responsable", "dependencia responsable", "unidad",
    ),
    "due": (
        "current due date", "revised due date", "revised date", "revised target date", "due date", "due", "target date", "deadline",
        "expected completion date", "completion date planned", "planned completion date", "expected date of completion", "time frame",
        "timeframe", "timeline", "by when", "implementation date", "target completion date", "expected completion",
        "date d echeance", "echeance", "delai", "date prevue", "date cible", "calendrier", "date limite", "fecha limite",
        "fecha prevista", "plazo", "fecha de vencimiento", "vencimiento", "fecha prevista de finalizacion", "calendario",
    ),
    "first_due": (
        "original due date", "initial due date", "first due date", "original target date", "initial target date", "original date",
        "echeance initiale", "date initiale", "date prevue initiale", "fecha original", "fecha inicial", "plazo original",
    ),
    "made": (
        "made", "date made", "date issued", "issued", "date of issue", "issue date", "date of recommendation", "recommendation date",
        "report date",
        "date of report", "date", "opened", "date opened", "date d emission", "date de la recommandation", "date du rapport", "emise le",
        "fecha de emision", "fecha de la recomendacion", "fecha del informe", "fecha", "emitida",
    ),
    "closed": (
        "closed", "date closed", "closed on", "closing date", "closure date", "date of closure", "completed on", "date completed",
        "actual completion date", "completion date", "date of completion",
        "date implemented", "implemented on", "date de cloture", "cloturee le", "cloture",
        "date d achevement", "achevee le", "fecha de cierre", "cerrada", "cierre", "fecha de finalizacion", "fecha de cumplimiento",
    ),
    "answered": (
        "date of response", "response date", "date of reply", "reply date", "date replied", "date de la reponse", "date de reponse",
        "fecha de respuesta", "fecha de la respuesta",
    ),
    "reason": (
        "reason", "reasons", "reason for rejection", "reason for partial acceptance", "justification", "motif", "raison", "motif du rejet",
        "motivo", "razon", "justificacion",
    ),
    "comments": (
        "comments", "comment", "remarks", "progress", "progress update", "status update", "update", "progress made", "latest update",
        "implementation progress", "observations", "commentaires", "progres", "etat d avancement commentaires", "avancement",
        "comentarios", "observaciones", "avance", "avances", "progreso",
    ),
    "priority": ("priority", "importance", "criticality", "priorite", "prioridad", "rating of recommendation", "risk rating"),
    "time": ("time implication", "term", "short medium long term", "horizon", "horizonte", "terme"),
}  # fmt: skip
"""By field of follow-up."""

DATES = ("made", "due", "first_due", "closed", "answered")
"""Fields that hold a day."""

_MEANINGS: tuple[tuple[Meaning, str], ...] = (
    # The first that is found holds: what denies stands before what affirms. Blanks between alternatives are for reading.
    (
        Meaning.DROPPED,
        r"""withdrawn | cancel | supersed | obsolete | no\ longer | not\ applicable | n\ a$ | dropped | abandon | overtaken | redundant
        | no\ further\ action | duplicate | not\ accepted | rejected
        | retiree?s?$ | annul | remplac | caduc | caduque | sans\ objet | perimee | obsolet | rejet
        | retirad | cancelad | sustituid | reemplazad | no\ aplica | ya\ no\  | sin\ efecto | rechazad""",
    ),
    (
        Meaning.OPEN,
        r"""not\ (?:yet\ )?(?:been\ )?(?:started|initiated|implemented|begun|commenced|done|completed) | no\ action | unimplemented
        | to\ be\ (?:started|done) | a\ faire
        | (?:non|pas)\ (?:encore\ )?(?:commence|entame|demarr|mise?\ en\ oeuvre|applique|realise)
        | no\ (?:iniciad|comenzad|empezad|implementad|aplicad|ejecutad|cumplid) | sin\ (?:iniciar|comenzar|empezar) | por\ iniciar""",
    ),
    (
        Meaning.SUBSTANTIAL,
        r"""substantial | largely | mostly | nearly | almost | advanced
        | en\ grande\ partie | largement | sustancial | en\ gran\ medida | mayor\ parte""",
    ),
    (
        Meaning.PARTIAL,
        r"""partial | partly | in\ part\b | in\ progress | in\ process | on\ ?going | under\ ?way | under\ implementation | on\ track
        | being\ implemented | incomplete | initiated | started | behind | delayed
        | en\ cours | partiel | entame | commence | demarr
        | en\ curso | en\ proceso | en\ ejecucion | en\ marcha | parcial | iniciad | comenzad | empezad""",
    ),
    (
        Meaning.DONE,
        r"""implemented | closed(?!\ unacceptable|\ not) | complete | done | achieved | fulfilled | verified | resolved | settled | satisf
        | mises?\ en\ oeuvre | applique | cloture | acheve | termine | realise | execute
        | aplicad | implementad | cumplid | cerrad | finalizad | completad | ejecutad | terminad | concluid | verificad""",
    ),
    (
        Meaning.OPEN,
        r"""^open | pending | outstanding | planned | awaiting | waiting | new$ | under\ consideration | accepted$
        | ouverte?s?$ | en\ attente | prevue? | en\ suspens | abiert | pendiente | prevista | planificad | en\ espera""",
    ),
)
_STATUS_RULES = tuple((meaning, re.compile(rf"\b(?:{pattern})", re.VERBOSE)) for meaning, pattern in _MEANINGS)
OBLIGED = re.compile(
    r"""\b(?: should | must | shall | recommend\w* | needs?\ to | ensure | strengthen | develop | improve | establish | review | consider
    | provide
    | devrai\w* | doit | doivent | recommand\w* | veiller | assurer | renforcer | elaborer | ameliorer | etablir
    | deberia\w* | debe\w* | recomienda\w* | recomend\w* | velar | asegurar | fortalecer | elaborar | mejorar | establecer )\b""",
    re.VERBOSE,
)
"""Signs of a recommendation in words that went through ``plain``."""
_SUPERSEDED = re.compile(r"supersed|remplac|sustituid|reemplazad|overtaken|replaced")


def meaning_of(printed: str) -> Meaning | None:
    """What a status says; None where its words are not known."""
    words = plain(printed)
    if not words:
        return None
    return next((meaning for meaning, rule in _STATUS_RULES if rule.search(words)), None)


def status_for(printed: str, preset: Preset) -> str:
    """Code of the preset's status that printed words mean; empty where that cannot be told."""
    words = plain(printed)
    for status in preset.statuses:
        if words in {plain(status.words), plain(status.code)}:
            return status.code
    meaning = meaning_of(printed)
    fitting = preset.of(meaning) if meaning else ()
    if not fitting:
        return ""
    if meaning == Meaning.DROPPED:
        replaced = bool(_SUPERSEDED.search(words))
        for status in fitting:
            if bool(_SUPERSEDED.search(plain(status.words))) == replaced:
                return status.code
    return fitting[0].code


def verdict_for(printed: str) -> str:
    """The verdict that printed words mean, as papers are read too; empty where that cannot be told."""
    found = verdict_of(printed, field=True)
    return found if found in Verdict.values else ""


def field_for(heading: str) -> tuple[str, int]:
    """The field that a heading names, and how surely: 3 the same words, 2 beginning so, 1 holding them; ``("", 0)`` where it names none."""
    words = plain(heading)
    if not words:
        return "", 0
    best = ("", 0, 0)
    for name, known in HEADINGS.items():
        for each in known:
            if words == each:
                return name, 3
            sure = 2 if words.startswith(each + " ") else 1 if f" {each} " in f" {words} " else 0
            # Longer words tell more: "revised due date" is no "date".
            if sure and len(each) > 3 and (len(each), sure) > (best[2], best[1]):
                best = (name, sure, len(each))
    return best[0], best[1]
