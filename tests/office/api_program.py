"""A program that asks the API with a token of a person."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.utils import timezone

from evaltrail_office.api.actions import make_token
from evaltrail_office.api.scopes import CHOOSABLE

if TYPE_CHECKING:
    from evaltrail_office.accounts.models import User


class Program:
    """Asks with a token of a person; of all scopes, where none is named."""

    def __init__(self, user: User, *scopes: str) -> None:
        token = make_token(user, "test", scopes or [s.value for s in CHOOSABLE], timezone.now() + timedelta(days=1))[1]
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, tag: str = "", **query: Any) -> Any:
        headers = self.headers | ({"If-None-Match": tag} if tag else {})
        return Client().get(f"/api/v1/{path}", query, headers=headers)

    def post(self, path: str, body: Any = None, revision: int | str | None = None) -> Any:
        return Client().post(
            f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json", headers=self.headers | matching(revision)
        )

    def form(self, path: str, revision: int | str | None = None, file: tuple[str, bytes] | None = None, **given: Any) -> Any:
        return Client().post(f"/api/v1/{path}", given | ({"file": named(*file)} if file else {}), headers=self.headers | matching(revision))

    def delete(self, path: str) -> Any:
        return Client().delete(f"/api/v1/{path}", headers=self.headers)

    def bring(self, *files: tuple[str, bytes], evaluation: str = "") -> Any:
        sent = [named(*file) for file in files]
        return Client().post("/api/v1/intake" + (f"?evaluation={evaluation}" if evaluation else ""), {"file": sent}, headers=self.headers)


def named(name: str, content: bytes) -> io.BytesIO:
    """A file of that name."""
    file = io.BytesIO(content)
    file.name = name
    return file


def matching(revision: int | str | None) -> dict[str, str]:
    """The header that says which revision was seen."""
    return {} if revision is None else {"If-Match": revision if isinstance(revision, str) else f'"{revision}"'}


def walked(program: Program, path: str, field: str, **query: Any) -> list[Any]:
    """All pages of a list."""
    found: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = program.get(path, cursor=cursor, **query).json()
        found += [item[field] for item in answer["items"]]
        cursor = answer["next"]
    return found


def out(answer: Any) -> str:
    """What is streamed, whole."""
    return b"".join(answer.streaming_content).decode()
