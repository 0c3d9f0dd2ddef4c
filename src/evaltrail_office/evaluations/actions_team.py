"""People and money of an evaluation: contracts and the access that ends with them, interests, deliverables, budget entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import current_grants, may, require
from evaltrail_office.accounts.actions.grants import Terms, give
from evaltrail_office.accounts.policy import Role, Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.models import Contract, Deliverable, Interest, MoneyEntry
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from evaltrail_office.accounts.models import Grant, User
    from evaltrail_office.evaluations.models import Evaluation, MoneyKind

_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What a contract says."""

    name: str
    role: str
    starts: date
    ends: date
    firm: str = ""
    fee: Decimal | None = None
    currency: str = ""


def add_contract(user: User, evaluation: Evaluation, terms: ContractTerms, person: User | None = None) -> Contract:
    """Enter a contract; where the person has an account, they become one of the team until its last day.

    Raises ``PermissionDenied``; ``Refused`` where the terms do not fit, or the role cannot be given to the person.
    """
    require(user, Verb.PLAN, evaluation)
    if terms.ends < terms.starts:
        raise Refused(_("It would end before it begins."), "ends")
    if terms.fee is not None:
        _money(terms.fee, terms.currency, "fee")
    with transaction.atomic():
        grant = _team_grant(user, evaluation, person, terms) if person else None
        made = Contract.objects.create(
            evaluation=evaluation,
            user=person,
            name=(person.name if person else terms.name)[:150],
            firm=terms.firm,
            role=terms.role,
            starts=terms.starts,
            ends=terms.ends,
            fee=terms.fee,
            currency=terms.currency if terms.fee is not None else "",
            grant=grant,
            made_by=user.key,
        )
        _settle(grant)
        # Without the fee: the journal is read by more people than the contract.
        new = {"name": made.name, "role": made.role, "ends": made.ends.isoformat()}
        note(user, "contracted", f"contract:{made.pk}", about=evaluation.key, new=new)
    return made


def _team_grant(user: User, evaluation: Evaluation, person: User, terms: ContractTerms) -> Grant | None:
    if terms.ends < timezone.localdate():
        return None
    held = current_grants().filter(user=person, evaluation=evaluation.key, role=Role.TEAM, emergency=False).first()
    try:
        return held or give(user, person, Role.TEAM, evaluation, Terms(starts=terms.starts, ends=terms.ends, reason=_("contract")))
    except Refused as fault:
        raise Refused(str(fault), "email") from fault


def _settle(grant: Grant | None) -> None:
    """A team's access lasts as long as the longest of its contracts."""
    if grant is None:
        return
    last: date | None = Contract.objects.filter(grant=grant).aggregate(last=Max("ends"))["last"]
    if last is not None and last != grant.ends:
        grant.ends = last
        grant.save(update_fields=["ends"])


def set_last_day(user: User, contract: Contract, ends: date, reason: str) -> None:
    """End a contract on a day, or let it last longer; the person's access goes with it.

    Raises ``PermissionDenied``; ``Refused`` without a reason, or for a day before its first.
    """
    evaluation = contract.evaluation
    require(user, Verb.PLAN, evaluation)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    if ends < contract.starts:
        raise Refused(_("It would end before it begins."), "ends")
    if contract.user_id == user.pk:
        raise PermissionDenied(_("Nobody changes their own contract."))
    with transaction.atomic():
        contract = Contract.objects.select_for_update(of=("self",)).select_related("evaluation").get(pk=contract.pk)
        old = contract.ends
        contract.ends = ends
        over = ends <= timezone.localdate()
        contract.ended, contract.ended_by, contract.ended_why = (
            (timezone.now(), user.key, reason.strip()) if over else (None, "", reason.strip())
        )
        contract.save(update_fields=["ends", "ended", "ended_by", "ended_why"])
        _settle(contract.grant)
        note(
            user,
            "ended" if over else "changed",
            f"contract:{contract.pk}",
            about=evaluation.key,
            old={"ends": old.isoformat()},
            new={"ends": ends.isoformat()},
            reason=reason.strip(),
        )


def declare_interest(user: User, contract: Contract, statement: str) -> Interest:
    """Declare an interest, or that there is none: one's own, or (head and manager) as the person has told it.

    Raises ``PermissionDenied``, ``Refused`` where nothing is said.
    """
    if contract.user_id == user.pk:
        require(user, Verb.SEE, contract.evaluation)
    else:
        require(user, Verb.PLAN, contract.evaluation)
    if not statement.strip():
        raise Refused(_("Say which interest, or that there is none."), "statement")
    with transaction.atomic():
        made = Interest.objects.create(contract=contract, statement=statement.strip(), declared_by=user.key)
        note(user, "declared", f"interest:{made.pk}", about=contract.evaluation.key, new={"contract": contract.pk})
    return made


def accept_interest(user: User, interest: Interest, terms: str = "") -> None:
    """Accept that somebody works on the evaluation with this interest, on these terms. Nobody accepts their own."""
    contract = interest.contract
    require(user, Verb.PLAN, contract.evaluation)
    if user.pk == contract.user_id:
        raise PermissionDenied(_("Nobody accepts their own declaration."))
    if interest.accepted is not None:
        return
    with transaction.atomic():
        interest.accepted, interest.accepted_by, interest.terms = timezone.now(), user.key, terms.strip()
        interest.save(update_fields=["accepted", "accepted_by", "terms"])
        note(user, "accepted", f"interest:{interest.pk}", about=contract.evaluation.key, reason=terms.strip())


def add_deliverable(user: User, contract: Contract, title: str, due: date | None) -> Deliverable:
    """Enter what a contract promises. Raises ``PermissionDenied``, ``Refused`` without a title."""
    require(user, Verb.PLAN, contract.evaluation)
    if not title.strip():
        raise Refused(_("Say what is to be delivered."), "title")
    with transaction.atomic():
        made = Deliverable.objects.create(contract=contract, title=title.strip(), due=due)
        note(user, "added", f"deliverable:{made.pk}", about=contract.evaluation.key, new={"title": made.title})
    return made


def judge_deliverable(user: User, deliverable: Deliverable, *, accepted: bool, reason: str = "", document_key: str = "") -> None:
    """Accept a deliverable, or send it back with a reason. Raises ``PermissionDenied``, ``Refused`` without one."""
    contract = deliverable.contract
    require(user, Verb.PLAN, contract.evaluation)
    if user.pk == contract.user_id:
        raise PermissionDenied(_("Nobody accepts their own work."))
    if not accepted and not reason.strip():
        raise Refused(_("Say why it goes back."), "reason")
    with transaction.atomic():
        now = timezone.now()
        deliverable.accepted, deliverable.accepted_by = (now, user.key) if accepted else (None, "")
        deliverable.sent_back, deliverable.sent_back_by = (None, "") if accepted else (now, user.key)
        deliverable.reason = reason.strip()
        deliverable.document_key = document_key or deliverable.document_key
        deliverable.save()
        verb = "accepted" if accepted else "sent back"
        note(user, verb, f"deliverable:{deliverable.pk}", about=contract.evaluation.key, reason=reason.strip())


def enter_money(
    user: User, evaluation: Evaluation, kind: MoneyKind, amount: Decimal, currency: str, *, day: date, words: str
) -> MoneyEntry:
    """Enter an amount planned, committed or spent. Raises ``PermissionDenied``, ``Refused`` where it is no amount."""
    require(user, Verb.PLAN, evaluation)
    currency = currency.strip().upper()
    _money(amount, currency, "amount")
    if not words.strip():
        raise Refused(_("Say for what."), "words")
    with transaction.atomic():
        made = MoneyEntry.objects.create(
            evaluation=evaluation, kind=kind, amount=amount, currency=currency, day=day, words=words.strip(), made_by=user.key
        )
        # The amount stays in its row, which is never changed: more people read the journal than the budget.
        note(user, "entered", f"money:{made.pk}", about=evaluation.key, new={"kind": kind.value})
    return made


def take_money_back(user: User, entry: MoneyEntry, reason: str) -> None:
    """Take back an entry; it stays on the page, struck out. Raises ``PermissionDenied``, ``Refused`` without a reason."""
    require(user, Verb.PLAN, entry.evaluation)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    if entry.taken_back is not None:
        return
    with transaction.atomic():
        entry.taken_back, entry.taken_back_by, entry.taken_back_why = timezone.now(), user.key, reason.strip()
        entry.save(update_fields=["taken_back", "taken_back_by", "taken_back_why"])
        note(user, "took back", f"money:{entry.pk}", about=entry.evaluation.key, old={"kind": entry.kind})


def sees_money(user: User, evaluation: Evaluation) -> bool:
    """Whether budgets and fees are shown to a person: to those who plan the evaluation."""
    return may(user, Verb.PLAN, evaluation)


def _money(amount: Decimal, currency: str, field: str) -> None:
    if not amount.is_finite() or amount <= 0:
        raise Refused(_("Give an amount above nought."), field)
    if not _CURRENCY.fullmatch(currency):
        raise Refused(_("Give the currency by its three letters, such as USD."), "currency")
