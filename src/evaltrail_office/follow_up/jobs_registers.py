"""Work on registers in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaltrail_office.accounts.models import User
from evaltrail_office.follow_up.actions import register_undoing, registers
from evaltrail_office.follow_up.models import Register
from evaltrail_office.follow_up.registers.reading import Unread
from evaltrail_office.jobs.handlers import Refused, handler

if TYPE_CHECKING:
    from evaltrail_office.jobs.handlers import Work


@handler("follow_up.read_register", gettext_lazy("Reading a register"))
def read_register(work: Work) -> dict[str, Any]:
    """Read the rows of a register, or write down why they cannot be read."""
    register = Register.objects.filter(pk=work.args["register"]).first()
    if register is None or register.state not in {Register.State.UPLOADED, Register.State.READ}:
        return {}
    work.step(0, 1, _("reading %(file)s") % {"file": register.name})
    try:
        registers.read_in(register, work.args.get("sheet"), work.args.get("header"), lambda: work.step(0, 1))
    except Unread as fault:
        Register.objects.filter(pk=register.pk).update(state=Register.State.BROKEN, fault=str(fault))
        raise Refused(f"{register.name}: {fault}") from fault
    work.step(1, 1)
    return {"rows": register.counts["rows"]}


@handler("follow_up.take_over_register", gettext_lazy("Taking over a register"))
def take_over_register(work: Work) -> dict[str, Any]:
    """Take over the rows of a register that wait."""
    register = Register.objects.select_related("evaluation").filter(pk=work.args["register"]).first()
    if register is None or register.state != Register.State.IMPORTING:
        return {}
    user = _asker(work, register)
    return registers.take_over(
        user, register, lambda done, total: work.step(done, total, _("row %(n)d of %(all)d") % {"n": done, "all": total})
    )


@handler("follow_up.take_back_register", gettext_lazy("Taking a register back"))
def take_back_register(work: Work) -> dict[str, Any]:
    """Take back what an import made and changed."""
    register = Register.objects.select_related("evaluation").filter(pk=work.args["register"]).first()
    if register is None or register.state != Register.State.REVERSING:
        return {}
    user = _asker(work, register)
    words = _("recommendation %(n)d of %(all)d")
    return register_undoing.take_back(user, register, lambda done, total: work.step(done, total, words % {"n": done, "all": total}))


def _asker(work: Work, register: Register) -> User:
    """Who asked for it, if they still may: roles may have ended while it waited. Raises ``Refused``."""
    user = User.objects.get(key=work.asked_by)
    try:
        registers.require_to(user, register.evaluation)
    except PermissionDenied as fault:
        raise Refused(str(fault)) from fault
    return user
