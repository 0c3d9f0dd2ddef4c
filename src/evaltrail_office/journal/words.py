"""What entries say in the interface's language: one table of verbs, one of things.

The journal keeps what was done as an English verb and what it was done to as ``kind:key``, so that programs can rely on both. People read
a sentence, and other languages put its words otherwise: each label therefore has a place for the thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

VERBS: dict[str, str | Promise] = {
    "accepted": _("accepted %(thing)s"),
    "accepted person": _("accepted the invitation of %(thing)s"),
    "added": _("added %(thing)s"),
    "addressed": _("addressed %(thing)s to a unit"),
    "agreed": _("agreed to the answer to %(thing)s"),
    "approved": _("approved %(thing)s"),
    "asked for a later date of": _("asked for a later date of %(thing)s"),
    "asked to drop": _("asked to drop %(thing)s"),
    "asked to issue": _("asked to issue %(thing)s"),
    "assigned": _("assigned %(thing)s"),
    "began": _("began %(thing)s"),
    "brought": _("brought a file to %(thing)s"),
    "brought forward": _("brought forward %(thing)s"),
    "brought register": _("brought %(thing)s"),
    "called off": _("called off %(thing)s"),
    "cancelled": _("cancelled %(thing)s"),
    "changed": _("changed %(thing)s"),
    "charged": _("charged units with %(thing)s"),
    "circulated": _("circulated %(thing)s"),
    "claimed": _("claimed the completion of %(thing)s"),
    "cleared": _("cleared %(thing)s"),
    "commented": _("made %(thing)s"),
    "confirmed": _("confirmed %(thing)s"),
    "contracted": _("entered %(thing)s"),
    "contributed": _("contributed to %(thing)s"),
    "corrected": _("corrected %(thing)s"),
    "decided": _("answered %(thing)s"),
    "declared": _("made %(thing)s"),
    "described": _("said what %(thing)s is about"),
    "disagreed": _("disagreed with the answer to %(thing)s"),
    "drafted": _("drafted %(thing)s"),
    "dropped": _("dropped %(thing)s"),
    "dropped batch": _("took a file out of %(thing)s"),
    "ended": _("ended %(thing)s"),
    "ended person": _("ended the access of %(thing)s"),
    "entered": _("entered %(thing)s"),
    "explained the delay of": _("explained the delay of %(thing)s"),
    "followed": _("began %(thing)s"),
    "granted": _("gave %(thing)s"),
    "granted person": _("gave a role to %(thing)s"),
    "handed over": _("handed over %(thing)s"),
    "identified": _("said which recommendation is %(thing)s"),
    "invited": _("invited %(thing)s"),
    "invited again": _("invited %(thing)s again"),
    "issued": _("issued %(thing)s"),
    "issued the files": _("issued the files of %(thing)s"),
    "joined": _("joined %(thing)s"),
    "judged": _("judged items of %(thing)s"),
    "made": _("made %(thing)s"),
    "marked for print": _("marked for print the disagreement of %(thing)s"),
    "matched": _("matched %(thing)s"),
    "merged": _("merged %(thing)s"),
    "moved the date of": _("moved the date of %(thing)s"),
    "named administrator": _("made an administrator of %(thing)s"),
    "opened": _("opened %(thing)s"),
    "opened again": _("opened %(thing)s again"),
    "parted": _("told %(thing)s apart from another"),
    "passed": _("passed %(thing)s"),
    "planned": _("planned %(thing)s"),
    "planned plan": _("added %(thing)s"),
    "postponed": _("postponed %(thing)s"),
    "promised": _("promised %(thing)s"),
    "raised": _("raised %(thing)s"),
    "read": _("read %(thing)s"),
    "redid": _("made a correction again in %(thing)s"),
    "refused a later date of": _("refused a later date of %(thing)s"),
    "refused to drop": _("refused to drop %(thing)s"),
    "released": _("released %(thing)s"),
    "relieved as administrator": _("took the administrator’s rights from %(thing)s"),
    "removed": _("removed %(thing)s"),
    "removed the second factor": _("removed the second factor of %(thing)s"),
    "reopened": _("reopened %(thing)s"),
    "reopened person": _("reopened the access of %(thing)s"),
    "replayed": _("carried the corrections over to a new reading of %(thing)s"),
    "reported": _("reported on %(thing)s"),
    "resolved": _("resolved %(thing)s"),
    "resolved document": _("settled a correction of %(thing)s"),
    "resumed": _("resumed %(thing)s"),
    "retired": _("retired %(thing)s"),
    "retried": _("tried %(thing)s again"),
    "revised": _("revised %(thing)s"),
    "said what they hold of": _("said what they hold of the answer to %(thing)s"),
    "said who sees": _("said who sees %(thing)s"),
    "sent back": _("sent back %(thing)s"),
    "set": _("set the terms of %(thing)s"),
    "set aside": _("set aside %(thing)s: they are not given again"),
    "set signers": _("said who signs %(thing)s"),
    "set up": _("set up %(thing)s"),
    "settled": _("settled %(thing)s"),
    "showed proof of": _("showed proof of %(thing)s"),
    "signed": _("signed %(thing)s"),
    "split": _("split %(thing)s"),
    "started the clock of": _("started the clock of %(thing)s"),
    "stopped": _("stopped %(thing)s"),
    "stopped issuing": _("stopped issuing %(thing)s"),
    "submitted": _("submitted %(thing)s"),
    "tied": _("tied another way of signing in to %(thing)s"),
    "told apart": _("said that another recommendation is %(thing)s"),
    "took back": _("took back %(thing)s"),
    "took back gate": _("took back the decision on %(thing)s"),
    "took emergency access": _("took emergency access, %(thing)s"),
    "took over": _("took over %(thing)s"),
    "took up": _("took up %(thing)s"),
    "transmitted": _("transmitted %(thing)s"),
    "unconfirmed": _("took back the confirmation of %(thing)s"),
    "undid": _("undid a change of %(thing)s"),
    "unmarked for print": _("took out of print the disagreement of %(thing)s"),
    "verified": _("verified %(thing)s"),
    "waived": _("waived %(thing)s"),
    "withdrew": _("withdrew %(thing)s"),
    "withdrew the claim of": _("withdrew the claim of %(thing)s"),
    "withdrew the request to drop": _("withdrew the request to drop %(thing)s"),
    "written": _("wrote %(thing)s"),
}
"""By verb, or by verb and kind of thing where the verb means something else there."""

THINGS: dict[str, str | Promise] = {
    "action": _("action %(key)s"),
    "answer": _("answer %(key)s"),
    "assessment": _("assessment %(key)s"),
    "baseline": _("baseline %(key)s"),
    "batch": _("batch %(key)s"),
    "comment": _("comment %(key)s"),
    "concern": _("concern %(key)s"),
    "contract": _("contract %(key)s"),
    "decision": _("decision %(key)s"),
    "deliverable": _("deliverable %(key)s"),
    "document": _("document %(key)s"),
    "evaluation": _("evaluation %(key)s"),
    "follow-up": _("the follow-up of %(key)s"),
    "gate": _("gate %(key)s"),
    "grant": _("role %(key)s"),
    "interest": _("declaration of interest %(key)s"),
    "job": _("job %(key)s"),
    "keys": _("keys %(key)s"),
    "money": _("amount %(key)s"),
    "office": _("the office"),
    "person": _("person %(key)s"),
    "plan": _("the plan of %(key)s"),
    "recommendation": _("recommendation %(key)s"),
    "register": _("register %(key)s"),
    "statement": _("statement %(key)s"),
    "token": _("token %(key)s"),
    "unit": _("unit %(key)s"),
}
"""By kind of thing."""


def verb(name: str, kind: str = "") -> str:
    """What was done, with a place for the thing: ``confirmed %(thing)s``; a verb without a label stands as it is."""
    label = VERBS.get(f"{name} {kind}") or VERBS.get(name)
    return str(label) if label is not None else name.replace("%", "%%") + " %(thing)s"


def thing(kind: str, key: str) -> str:
    """A thing in words: ``document D-000012``; one of an unknown kind as its kind and key."""
    label = THINGS.get(kind)
    return str(label) % {"key": key} if label is not None else f"{kind} {key}"
