"""Reports and checklists with their sentences in another language; what a paper says stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.check.wording import worded

if TYPE_CHECKING:
    from evaltrail.check.report import Remark, Report
    from evaltrail.check.sheet import Row, Sheet


def report_in(report: Report, language: str) -> Report:
    """The report with its messages in a language; what that has no words for stays in English.

    Args:
        report: of a check.
        language: ISO 639-1 code, one of ``evaltrail.check.wording.LANGUAGES``.
    """
    if language == "en":
        return report
    return report.model_copy(
        update={
            "remarks": tuple(_remark(r, language) for r in report.remarks),
            "confirmations": tuple(_remark(r, language) for r in report.confirmations),
            "suppressed": tuple(s.model_copy(update={"remark": _remark(s.remark, language)}) for s in report.suppressed),
        }
    )


def sheet_in(sheet: Sheet, language: str) -> Sheet:
    """The checklist with what the rules found in a language; the standard's items stay as they are."""
    return sheet if language == "en" else sheet.model_copy(update={"rows": tuple(_row(r, language) for r in sheet.rows)})


def _remark(remark: Remark, language: str) -> Remark:
    related = tuple(r.model_copy(update={"text": worded(r.text, r.wording, language) or r.text}) for r in remark.related)
    return remark.model_copy(update={"message": worded(remark.message, remark.wording, language) or remark.message, "related": related})


def _row(row: Row, language: str) -> Row:
    evidence = tuple(e.model_copy(update={"message": worded(e.message, e.wording, language) or e.message}) for e in row.evidence)
    return row.model_copy(update={"why": worded(row.why, row.why_wording, language) or row.why, "evidence": evidence})
