"""Follow-up in print: what a unit claims beside what was verified, dates, delay, and counts with their definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.write.model import Cell, Heading, Paragraph, Run, Table, text
from evaltrail.write.papers._answered import numbered, position
from evaltrail.write.papers._opening import part_title
from evaltrail.write.papers._rows import Rows
from evaltrail.write.papers._sheet import labelled
from evaltrail.write.papers._short import answers, shortened, whole_recommendations
from evaltrail.write.standing import actions_of, day_of, extra, reason_of, standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from evaltrail.record import Action, Evaluation, Recommendation, Record, Response
    from evaltrail.write.papers._sheet import Sheet
    from evaltrail.write.standing import Standing
    from evaltrail.write.wording import Wording

_WORDS = 60
Count = tuple[str, int, "int | None", str]
"""Name, count, what it is counted from, definition."""


def print_followed(sheet: Sheet, record: Record) -> None:
    """The whole paper behind its first page."""
    words, today = sheet.words, day_of(record.document.date)
    date_ = words.date(record.document.date) if record.document.date else ""
    sheet.say(words("followed.keys_on", date=date_) if date_ else words("followed.keys"))
    whose = sorted({_verifier(e, words) for e in record.evaluations})
    if len(whose) == 1 and whose[0]:
        sheet.say(whose[0])
    scope = extra(record, "scope")
    if scope:
        sheet.say(scope)
    sheet.heading(words("headings.counts"), 1)
    sheet.blocks.append(table_of(list(counted(record.evaluations, words, today)), words))
    figures = (record.model_extra or {}).get("figures")
    if isinstance(figures, list) and figures:
        sheet.heading(words("followed.figures"), 1)
        sheet.blocks.append(_figures(figures, words))
    for e in record.evaluations:
        # Where they differ it stands with the actions: a line under the heading alone would part it from what follows.
        _evaluation(sheet, e, today, _verifier(e, words) if len(whose) > 1 else "")


def _verifier(e: Evaluation, words: Wording) -> str:
    """Who verifies, in a sentence; empty where it is not known."""
    if extra(e, "self_reported"):
        return words("followed.none_verifies")
    return words("followed.verifier", name=extra(e, "verifier")) if extra(e, "verifier") else ""


def _evaluation(sheet: Sheet, e: Evaluation, today: date | None, verifier: str) -> None:
    sheet.heading(part_title(e) or sheet.words("headings.follow_up"), 1)
    for r in whole_recommendations(e):
        _recommendation(sheet, e, r, today, verifier)


def _recommendation(sheet: Sheet, e: Evaluation, r: Recommendation, today: date | None, verifier: str) -> None:
    words = sheet.words
    name = r.label or " ".join(x for x in (words("kinds.recommendation"), r.number) if x)
    sheet.blocks += [Heading(text(name), level=2), *sheet.state(shortened(r.text, _WORDS))]
    parts = {s.id: s.number or "" for s in e.statements if s.parent == r.id}
    found = [s for s in e.statements if s.kind == "response" and any(a.id == r.id or a.id in parts for a in s.answers)]
    for label, said in _about(r, found, parts, words):
        sheet.blocks.append(Paragraph((*labelled(label, words), *text(" ".join(said.split())))))
    promised = [a for s in found for a in s.actions]
    if promised:
        if verifier:
            sheet.say(verifier)
        sheet.blocks += _actions(promised, e, words, today)
    elif found:
        sheet.say(words("followed.no_actions"))


def _about(r: Recommendation, found: Sequence[Response], parts: Mapping[str, str], words: Wording) -> Iterator[tuple[str, str]]:
    """Label and words of what is said of a recommendation: whom it is for, what was answered and why, whether it is retired."""
    if extra(r, "addressee"):
        yield words("followed.addressee"), extra(r, "addressee")
    said = [s for s in found if s.verdict or not extra(s, "implied")]
    if not said:
        yield words("columns.verdict"), words("followed.no_answer")
    for s in said:
        of = next((parts[a.id] for a in s.answers if a.id in parts), "")
        label = " ".join(x for x in (words("columns.verdict"), of) if x)
        yield label, ", ".join(x for x in (s.label, position(s, words)) if x)
        if extra(s, "reason"):
            yield words("sentences.reason"), extra(s, "reason")
        if extra(s, "alternative"):
            yield words("followed.alternative"), extra(s, "alternative")
    if extra(r, "retired"):
        on, why = words.date(extra(r, "retired")), extra(r, "retired_reason")
        yield words("followed.retired"), words("followed.retired_on", date=on, reason=why) if why else on


def _actions(promised: Sequence[Action], e: Evaluation, words: Wording, today: date | None) -> list[Table]:
    rows = Rows()
    stands = [standing(a, e, today) for a in promised]
    delays = [delay(a, s, words) for a, s in zip(promised, stands, strict=True)]
    late = any(delays)
    shares = [13, 9, 10, 10, 12, *([12] if late else [])]
    names = [
        "columns.action",
        "columns.unit",
        "followed.due",
        "followed.claimed",
        "followed.verified",
        *(["followed.delay"] if late else []),
    ]
    rows.head([words(name) for name in names], shares)
    unknown = words("sentences.not_stated")
    for a, s, d in zip(promised, stands, delays, strict=True):
        cells = [numbered(a), a.unit or unknown, dates(a, words), claim(a, s, words), found(a, s, words)]
        rows.row([*cells, *([d or words("marks.none")] if late else [])], shares)
    return rows.tables("action")


def dates(a: Action, words: Wording) -> str:
    """The date that holds, and the first one where it was another."""
    first = extra(a, "first_due")
    if not a.due and not first:
        return words("sentences.not_stated")
    due = words.date(a.due) if a.due else words("sentences.not_stated")
    return words("followed.moved", due=due, first=words.date(first)) if first and first != a.due else due


def claim(a: Action, s: Standing, words: Wording) -> str:
    """What the unit claims, and since when; what it only reports is called so."""
    claimed = extra(a, "claimed")
    if not claimed and s.state == "open":
        return words("standings.open")
    if not claimed:
        return words("followed.reported", status=a.status) if a.status else words("followed.no_claim")
    on = extra(a, "claimed_on")
    return f"{claimed}\n{words.date(on)}" if on else claimed


def found(a: Action, s: Standing, words: Wording) -> str:
    """What somebody outside the unit found; in words where nothing was."""
    why, on = extra(a, "standing_words"), extra(a, "verified_on")
    match s.state:
        case "dropped":
            lines = [
                words("followed.drop", status=extra(a, "dropped") or words("marks.none")),
                words.date(on) if on else "",
                why,
            ]
        case "claimed":
            lines = [words("followed.not_yet")]
        case "self_reported":
            lines = [words("followed.by_word")]
        case "sent_back":
            lines = [words("standings.sent_back"), why]
        case "drop_asked":
            lines = [words("followed.drop_asked"), why]
        case _:
            lines = [extra(a, "verified") or words("marks.none"), words.date(on) if on else ""]
    return "\n".join(" ".join(line.split()) for line in lines if line)


def delay(a: Action, s: Standing, words: Wording) -> str:
    """How long an action is late, against the date that holds and against a first one that was another, and why; empty for none."""
    lines = [words("followed.days", days=words.number(s.late))] if s.late else []
    if s.late_first and s.moved is not False:
        lines.append(words("followed.days_first", days=words.number(s.late_first)))
    why = reason_of(a)
    if s.late and not why:
        lines.append(words("followed.no_reason"))
    if why and (lines or s.moved or s.state not in ("verified", "dropped")):
        lines.append(why)
    return "\n".join(lines)


def counted(evaluations: Sequence[Evaluation], words: Wording, today: date | None) -> Iterator[Count]:
    """Every count, in the order in which the paper has them."""
    have = [answers(_answered(e)) for e in evaluations]
    total, answered = sum(a.total for a in have), sum(a.answered for a in have)

    def one(table: str, name: str, count: int, of: int | None) -> Count:
        at = f"{table}.count_{name}" if table == "followed" else f"{table}.{name}"
        return words(at), count, of, words(f"{at}_definition")

    yield one("counts", "recommendations", total, None)
    yield one("counts", "answered", answered, total)
    for verdict in ("accepted", "partially_accepted", "rejected"):
        yield one("counts", verdict, sum(a.verdicts.get(verdict, 0) for a in have), answered)
    yield one("followed", "retired", sum(bool(extra(r, "retired")) for e in evaluations for r in whole_recommendations(e)), total)
    both = [(a, standing(a, e, today)) for e in evaluations for a in actions_of(e)]
    every, states = len(both), [s.state for _, s in both]
    yield one("counts", "actions", every, None)
    for name in ("verified", "claimed", "self_reported", "sent_back", "dropped"):
        if name in states or name in ("verified", "claimed"):
            yield one("followed", name, states.count(name), every)
    running = [(a, s) for a, s in both if s.state in ("open", "under_way", "sent_back")]
    yield one("followed", "running", len(running), every)
    if today is not None:
        late = [a for a, s in running if s.late]
        yield one("followed", "late", len(late), len(running))
        yield one("followed", "late_first", sum(bool(s.late_first) for _, s in running), len(running))
        yield one("followed", "unexplained", sum(not reason_of(a) for a in late), len(late))
    dated = [s.moved for _, s in both if s.moved is not None]
    yield one("followed", "moved", sum(dated), len(dated))


def _answered(e: Evaluation) -> Evaluation:
    """The evaluation without what stands for an answer only to hold actions (``implied``) and says no position."""
    kept = tuple(s for s in e.statements if not (s.kind == "response" and extra(s, "implied") and s.verdict is None))
    return e if len(kept) == len(e.statements) else e.model_copy(update={"statements": kept})


def table_of(counts: Sequence[Count], words: Wording) -> Table:
    """Counts with their shares and definitions."""
    rows = [(name, words.number(n), "" if of is None else words.share(n, of), definition) for name, n, of, definition in counts]
    return _data([words(f"columns.{name}") for name in ("figure", "count", "share", "definition")], rows, (0.24, 0.09, 0.23, 0.44))


def _figures(figures: Sequence[Mapping[str, Any]], words: Wording) -> Table:
    heads = [words("columns.figure"), words("followed.value"), words("followed.counted"), words("columns.definition")]
    rows = []
    for f in figures:
        said = [str(f.get(name) or "") for name in ("name", "value", "counted", "definition")]
        if f.get("abstained"):
            said[1] = words("marks.none")
            said[3] = f"{said[3]}\n{words('followed.abstains', why=f['abstained'])}"
        rows.append((said[0], said[1], said[2], said[3]))
    return _data(heads, rows, (0.27, 0.12, 0.15, 0.46))


def _data(heads: Sequence[str], rows: Sequence[tuple[str, str, str, str]], widths: tuple[float, ...]) -> Table:
    cells = [Cell(0, k, (text(h, bold=True),), header=True) for k, h in enumerate(heads)]
    for n, (name, value, counted_, definition) in enumerate(rows, 1):
        cells += [
            Cell(n, 0, ((Run(name),),)),
            Cell(n, 1, (text(value),), align="end"),
            Cell(n, 2, (text(counted_),) if counted_ else ()),
            Cell(n, 3, tuple(text(line) for line in definition.split("\n"))),
        ]
    return Table(len(rows) + 1, len(heads), tuple(cells), header_rows=1, style="data", widths=widths)
