"""What ends by itself: recommendations that were followed for as many years as the preset says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.machine import BY_NAME, CLOSED, SYSTEM, TrackState
from evaltrail_office.follow_up.models import FollowUp
from evaltrail_office.follow_up.moving import change, locked
from evaltrail_office.follow_up.preset import later

if TYPE_CHECKING:
    from datetime import date

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.models import Track


def settle_end(follow_up: FollowUp, today: date) -> None:
    """A follow-up is closed when all its recommendations are retired, and open again when one is followed again. In a transaction."""
    done = follow_up.tracks.exists() and not follow_up.tracks.filter(state=TrackState.FOLLOWED).exists()
    if done != (follow_up.closed is not None):
        follow_up.closed = today if done else None
        follow_up.save(update_fields=["closed"])


def retire_when_closed(user: User, track: Track) -> None:
    """Retire a recommendation whose answers were handed over and whose every action is closed, where the preset says so.

    The journal names the rule as the actor, and the person by whose deed it came to that. Called in a transaction.
    """
    preset = preset_of(track.follow_up)
    if preset.closing.retire != "all_closed" or track.actions.exclude(state__in=CLOSED).exists():
        return
    fresh = locked(track)
    if fresh.state != TrackState.RETIRED and fresh.actions.exists():
        _retire(fresh, timezone.localdate(), _("Every action is closed."), more={"by": user.key})
        settle_end(fresh.follow_up, timezone.localdate())


def _retire(track: Track, today: date, reason: str, **entry: Any) -> None:
    """Retire a locked row by rule; ``entry`` is what else its entry of the journal keeps."""
    move = BY_NAME[TrackState, "retire"]
    change(SYSTEM, track, move, state=TrackState.RETIRED, retired=today, retired_why=reason, retired_by=SYSTEM, **entry)


def follow_again(user: User, track: Track) -> None:
    """Follow a retired recommendation again, because a new answer promises an action. Called in a transaction."""
    fresh = locked(track)
    if fresh.state != TrackState.RETIRED:
        return
    why = _("A new answer promises an action.")
    move = BY_NAME[TrackState, "reopen"]
    more = {"by": user.key}
    change(SYSTEM, fresh, move, state=TrackState.FOLLOWED, retired=None, retired_why="", retired_by="", why=why, more=more)
    settle_end(fresh.follow_up, timezone.localdate())


def retire_old(today: date) -> int:
    """Retire, as they stand, recommendations whose time of follow-up is over; returns how many. The journal names the rule as the actor."""
    count = 0
    rows = FollowUp.objects.filter(closed=None, started__isnull=False, rules__closing__years__isnull=False)
    for follow_up in rows.select_related("evaluation"):
        years = preset_of(follow_up).closing.years
        if follow_up.started is None or years is None or later(follow_up.started, 12 * years) > today:
            continue
        with transaction.atomic():
            for track in follow_up.tracks.filter(state=TrackState.FOLLOWED):
                fresh = locked(track)
                why = _("Followed for %(years)s years, as the preset says; what was open stays open to see.") % {"years": years}
                _retire(fresh, today, why, why=why)
                count += 1
            settle_end(follow_up, today)
    return count
