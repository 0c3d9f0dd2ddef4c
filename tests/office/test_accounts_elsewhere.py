"""Signing in at a service of the organisation (OpenID Connect), against one that really answers on this machine."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from evaltrail_office.accounts.models import User
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db


class Service(HTTPServer):
    """Says of everybody that they are ``claims``."""

    claims: dict[str, Any]
    asked: dict[str, list[str]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: Service

    def _send(self, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_GET(self) -> None:
        url = self.server.url
        if self.path.startswith("/.well-known/"):
            ends = {"authorization_endpoint": "ask", "token_endpoint": "token", "userinfo_endpoint": "who", "jwks_uri": "keys"}
            self._send(
                {
                    "issuer": url,
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                    **{k: f"{url}/{v}" for k, v in ends.items()},
                }
            )
        else:
            self._send(self.server.claims)

    def do_POST(self) -> None:
        self.server.asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        told = {"iss": self.server.url, "aud": "office", "iat": 1, "exp": 9_999_999_999, **self.server.claims}
        self._send({"access_token": "x", "token_type": "Bearer", "id_token": jwt.encode(told, "k" * 32, algorithm="HS256")})

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    cache.clear()
    with Service(("127.0.0.1", 0), _Answer) as made:
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        app = {"provider_id": "own", "name": "Tarsa", "client_id": "office", "secret": "s", "settings": {"server_url": made.url}}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield made
        made.shutdown()


def come(service: Service, client: Client, **claims: Any) -> Any:
    """Sign in there and come back with what it says."""
    service.claims = claims
    asked = client.post(reverse("openid_connect_login", args=["own"]))
    assert asked.headers["Location"].startswith(f"{service.url}/ask?")
    given = parse_qs(urlsplit(asked.headers["Location"]).query)
    assert given["code_challenge_method"] == ["S256"]
    return client.get(reverse("openid_connect_callback", args=["own"]), {"code": "c", "state": given["state"][0]})


def test_somebody_with_an_account_signs_in_there_and_stays_tied_to_it(service: Service, person, client: Client) -> None:
    user = person("reader")
    answer = come(service, client, sub="7", email=user.email.upper(), email_verified=True)
    assert answer.headers["Location"] == reverse("home")
    assert client.get(reverse("settings")).status_code == 200
    assert Entry.objects.get(verb="tied").actor == user.key
    guest = Client()
    come(service, guest, sub="7", email="changed@office.example", email_verified=False)
    assert guest.session["_auth_user_id"] == str(user.pk)
    assert service.asked["code_verifier"]


def test_it_makes_no_account(service: Service, person, client: Client) -> None:
    person("reader")
    answer = come(service, client, sub="8", email="stranger@office.example", email_verified=True)
    assert "no account here" in answer.content.decode()
    assert User.objects.count() == 1
    assert client.get(reverse("settings")).status_code == 302


def test_an_address_that_it_has_not_verified_ties_nobody(service: Service, person, client: Client, settings: Any) -> None:
    user = person("reader")
    come(service, client, sub="9", email=user.email, email_verified=False)
    assert client.get(reverse("settings")).status_code == 302
    settings.OIDC_TRUST_EMAIL = True
    come(service, client, sub="9", email=user.email)
    assert client.get(reverse("settings")).status_code == 200


def test_an_ended_account_is_not_let_in(service: Service, person, client: Client) -> None:
    user = person("reader")
    come(service, client, sub="7", email=user.email, email_verified=True)
    client.logout()
    user.is_active = False
    user.save()
    come(service, client, sub="7", email=user.email, email_verified=True)
    assert client.get(reverse("settings")).status_code == 302


def test_an_answer_that_nobody_asked_for_is_refused(service: Service, person, client: Client) -> None:
    user = person("reader")
    service.claims = {"sub": "7", "email": user.email, "email_verified": True}
    answer = client.get(reverse("openid_connect_callback", args=["own"]), {"code": "c", "state": "guessed"})
    assert "not signed in" in answer.content.decode()
    assert client.get(reverse("settings")).status_code == 302


def test_the_sign_in_page_names_it(service: Service, person, client: Client) -> None:
    person("reader")
    assert "Sign in with Tarsa" in client.get(reverse("account_login")).content.decode()


def test_without_one_there_is_nothing_to_sign_in_at(person, client: Client) -> None:
    person("reader")
    assert client.get(reverse("openid_connect_login", args=["own"])).status_code == 404
    assert "Sign in with" not in client.get(reverse("account_login")).content.decode()
