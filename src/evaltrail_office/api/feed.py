"""What was released, as an Atom feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaltrail.write.cells import clean
from evaltrail_office.accounts.models import User
from evaltrail_office.api import queries
from evaltrail_office.api.problems import Problem
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import count, token_for
from evaltrail_office.api.tags import NotModified, tagged
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from django.http import HttpRequest

    from evaltrail_office.shelf.models import Document

ENTRIES = 50


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The papers that were released last, of those that the person may see; ``token`` is for readers that cannot sign in."""
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    try:
        user = _person(request)
        tagged(request, answer, user)
    except (Problem, NotModified) as instead:
        return instead.response()
    answer.content = _written(request, user, _released(user))
    return answer


def _person(request: HttpRequest) -> User:
    text = request.GET.get("token")
    if text is None and isinstance(request.user, User):
        return request.user
    token = token_for(text) if text else None
    if token is None or token.scopes != [Scope.FEED.value]:
        raise Problem(
            "token-refused",
            _("This address of the feed is unknown or was withdrawn."),
            _("Make another one on the page /settings/tokens/."),
        )
    count(token)
    return token.user


def _released(user: User) -> list[Document]:
    when = Entry.objects.filter(thing=Concat(Value("document:"), OuterRef("key")), new__stage="released").order_by("-id").values("at")[:1]
    rows = queries.released(user).annotate(released_at=Coalesce(Subquery(when), "confirmed", "made"))
    return list(rows.order_by("-released_at", "-id")[:ENTRIES])


def _written(request: HttpRequest, user: User, documents: list[Document]) -> str:
    here = request.build_absolute_uri(reverse("feed"))
    made = Atom1Feed(
        title=_("Released by the evaluation office"),
        link=request.build_absolute_uri(reverse("library")),
        description="",
        feed_url=here,
        language=request.LANGUAGE_CODE,
        feed_guid=here,
    )
    known = queries.known(user, documents)
    for document in documents:
        keys = sorted({p.evaluation_key for p in document.parts.all() if p.evaluation_key})
        address = request.build_absolute_uri(reverse("document", args=[document.key]))
        at = document.released_at  # type: ignore[attr-defined]
        told = [clean(part) for part in (document.organisation, document.symbol) if part]
        made.add_item(
            title=clean(document.title).strip() or document.key,
            link=address,
            description=", ".join(told),
            unique_id=address,
            pubdate=at,
            updateddate=at,
            author_name=clean(document.organisation) or None,
            categories=[key for key in keys if key in known.evaluations],
        )
    return made.writeString("utf-8")
