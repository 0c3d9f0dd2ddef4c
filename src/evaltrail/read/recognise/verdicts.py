"""What an answer says: accepted, partly, rejected, noted, or unclear where a person could not tell.

The words are in ``languages/*/verdicts.toml``.  A word of acceptance counts where it is an answer and not where it
describes something ("the agreed framework", "as agreed with partners"): at the beginning of a sentence, after somebody
who answers, or after what is answered.  The opening of the answer decides; further on only a sentence does in which
those who answer speak of themselves ("we agree that ...").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evaltrail.read.recognise.words import any_of, fold, listed
from evaltrail.text import packs
from evaltrail.text.sentences import sentences

VERDICTS = ("partially_accepted", "rejected", "accepted", "noted")

# Sentences that decide whoever speaks in them, and those that decide only where the answering side does.
_OPENING, _REACH = 2, 10
_BOX = re.compile(r"(?P<ticked>[☒☑✓✔✗✘⊠■]|\[\s*[xX✓]\s*\]|\(\s*[xX✓]\s*\))|(?P<empty>[☐□⬜◻]|\[\s*\]|\(\s{1,3}\))")


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    verdict: str


@cache
def _phrases(verdict: str) -> re.Pattern[str]:
    return any_of(tuple(packs.merged("verdicts").get(verdict, ())))


@cache
def _words(name: str) -> frozenset[str]:
    return listed("verdicts", name)


@cache
def _lead() -> re.Pattern[str]:
    """What may stand before a word that opens the answer all the same: "Recommendation 3: fully accepted"."""
    words = "|".join(re.escape(w) for w in sorted(_words("leads"), key=len, reverse=True))
    return re.compile(rf"^(?:[\W\d_]|(?<!\w)(?:{words})(?!\w))*$")


@cache
def _choices() -> re.Pattern[str]:
    """Choices printed on a form: verdicts of different kinds joined by slashes, commas or "or"."""
    words: set[str] = set()
    for name in (*VERDICTS, "yes", "no", "partly"):
        words.update(w for w in listed("verdicts", name) if len(w) > 1)
    one = "(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + r")(?!\w)"
    return re.compile(rf"(?<!\w){one}(?:\s*(?:/|\||,|;|,?\s+(?:or|ou|o|oder)\s)\s*{one})+", re.IGNORECASE)


def verdict_of(text: str, *, field: bool = False, strict: bool = False) -> str:
    """The verdict of an answer's words: one of ``accepted``, ``partially_accepted``, ``rejected``, ``noted``, ``unclear``.

    ``field`` tells that they stand in a field of their own ("Accepted"); ``strict`` that it is not known whether they are
    an answer at all, so words of welcome and of work done do not count.
    """
    ticked = _ticked(text)
    if ticked is not None:
        text, field = ticked, True
    if len(_BOX.findall(text)) > 1:
        text = _BOX.sub(" / ", text)
    words = without_choices(" ".join(text.split("\n")) if field else text)
    if field:
        short = fold(words).strip(" .:;,!-()[]*\"'")
        for verdict, name in (("accepted", "yes"), ("partially_accepted", "partly"), ("rejected", "no")):
            if short in _words(name):
                return verdict
    noted = False
    for n, sentence in enumerate(sentences(words)):
        if n >= _REACH and words[: sentence.start].rstrip(" •-–")[-1:] != "\n":
            continue  # far down only the first sentence of a paragraph
        found = _of_sentence(fold(sentence.text), opening=n < _OPENING, field=field and n == 0, strict=strict)
        if found == "noted":
            noted = True
        elif found is not None:
            return found
    return "noted" if noted else "unclear"


def _ticked(text: str) -> str | None:
    """The words beside the ticked boxes of a form, None where there is none or all are ticked."""
    boxes = list(_BOX.finditer(text))
    if not any(b.group("ticked") for b in boxes) or (len(boxes) > 1 and all(b.group("ticked") for b in boxes)):
        return None
    first = not text[: boxes[0].start()].strip() or bool(_choice_words(text[boxes[-1].end() :]))
    out = []
    for i, box in enumerate(boxes):
        if not box.group("ticked"):
            continue
        if first:
            end = boxes[i + 1].start() if i + 1 < len(boxes) else len(text)
            out.append(text[box.end() : end])
        else:
            out.append(text[boxes[i - 1].end() if i else 0 : box.start()])
    return " ".join(" ".join(out).split()) or None


def _choice_words(text: str) -> bool:
    line = fold(text.split("\n", maxsplit=1)[0])
    return any(_phrases(v).match(line.strip()) for v in VERDICTS) or line.strip(" .") in _words("no") | _words("yes")


def without_choices(text: str) -> str:
    """The text without the choices that a form prints."""

    def empty(m: re.Match[str]) -> str:
        kinds = {v for v in VERDICTS if _phrases(v).search(fold(m.group()))}
        kinds |= {n for n in ("yes", "no", "partly") for w in re.split(r"\W+", fold(m.group())) if w in _words(n)}
        return " " if len(kinds) > 1 else m.group()

    return _choices().sub(empty, text)


def _of_sentence(words: str, *, opening: bool, field: bool, strict: bool = False) -> str | None:
    """The verdict that one folded sentence gives, None where it gives none."""
    if opening and _phrases("unclear").search(words):
        return "unclear"
    found = [h for h in _hits(words) if field or _counts(words, h, opening=opening)]
    if strict:
        found = [h for h in found if words[h.start : h.end] not in _words("weak")]
    kinds = {_turned(words, h) for h in found}
    if "partially_accepted" in kinds or {"accepted", "rejected"} <= kinds:
        return "partially_accepted"
    return next((v for v in ("rejected", "accepted", "noted") if v in kinds), None)


def _hits(words: str) -> list[_Hit]:
    """Phrases of all verdicts; one inside a longer one is left out."""
    every = [_Hit(m.start(), m.end(), v) for v in VERDICTS for m in _phrases(v).finditer(words)]
    every.sort(key=lambda h: (h.start - h.end, h.start))
    out: list[_Hit] = []
    for h in every:
        if not any(o.start <= h.start and h.end <= o.end for o in out):
            out.append(h)
    return out


def _turned(words: str, hit: _Hit) -> str:
    """What a phrase says with what stands around it: "not" in front turns an acceptance round, "in part" behind limits it."""
    if hit.verdict != "accepted":
        return hit.verdict
    before = re.findall(r"[\w']+", words[: hit.start])[-4:]
    negations, degrees = _words("negations"), _words("degrees")
    for i, w in enumerate(before):
        if w in negations or w.startswith("n'"):
            between = set(before[i + 1 :])
            if between & degrees:
                return "partially_accepted"
            if len(between) <= 2:  # "does not, therefore, accept"
                return "rejected"
    if re.search(r"\bn'$", words[: hit.start]):
        return "rejected"
    after = re.split(r"[.;:]|\bbut\b|\bmais\b|\bpero\b|\bmas\b", words[hit.end :], maxsplit=1)[0]
    limit = any_of(tuple(sorted(_words("limits")))).search(" ".join(after.split()[:14]))
    return "partially_accepted" if limit else "accepted"


def _counts(words: str, hit: _Hit, *, opening: bool) -> bool:
    """Whether a phrase in a sentence of prose is the answer."""
    phrase, before, after = words[hit.start : hit.end], words[: hit.start], words[hit.end :]
    tail = _split(before)
    ours = bool(set(tail[-7:]) & _words("us"))
    if not opening and not ours:
        return False
    first = bool(_lead().match(before))
    about = bool(set(_split(words)) & _words("objects"))
    if phrase in _words("weak") and not about:
        return False
    last = tail[-1] if tail else ""
    if phrase in _words("participles"):
        return _participle_counts(last, before, after, first=first)
    if phrase in _words("bare"):
        return first or (last not in _words("modals") and (ours or about) and last not in _words("describing") and _finite(last, after))
    return last not in ("to", "pour", "para") or first


def _split(words: str) -> list[str]:
    return re.findall(r"[\w'-]+", words)


def _finite(last: str, after: str) -> bool:
    """Whether a bare form is a verb of its sentence and not a noun or an imperative inside it."""
    follow = re.match(r"\W*([\w'-]+)", after)
    return last not in ("of", "for", "and", "or") and (follow is None or follow.group(1) not in ("of", "for"))


def _participle_counts(last: str, before: str, after: str, *, first: bool) -> bool:
    """Whether a participle is said of what is answered, or opens the sentence."""
    follow = re.match(r"\s*(?:([^\w\s])|([\w'-]+))?", after)
    mark, word = (follow.group(1), follow.group(2)) if follow else (None, None)
    if first and (last not in _words("describing") or "recommend" in before or not before.strip()):
        return word is None or word in _words("followers") or mark is not None
    about = set(_split(before)) & _words("objects")
    if last in _words("being") or last in _words("objects") or last.isdigit():
        about |= set(_split(before)) & _words("pronouns")
        return bool(about) or (word in ("with", "that") and last not in _words("describing"))
    if last in _words("describing"):
        return False
    return word in ("with", "that") or bool(set(_split(after)[:6]) & _words("objects"))
