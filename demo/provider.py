"""The demo's identity provider: OpenID Connect with a page of people to be, and no password.

`gunicorn "demo.provider:create_app()"`, one process, as the codes that are under way are in its memory. A client may
name the person with `login_hint` and see no page. It does not start in production.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from authlib.oauth2 import OAuth2Error
from flask import Blueprint, Flask, Response, jsonify, redirect, render_template, request, url_for
from joserfc.jwk import RSAKey
from werkzeug.wrappers import Response as AnyResponse

from demo import people, tour
from demo.oidc import Client, Grant, IdToken, Issuer, Pkce, Server
from demo.people import Person
from shared import clock

CALLBACK, AFTER_SIGN_OUT = "/log-ind/svar", "/logget-ud"
SETTINGS = ("MODE", "PUBLIC_URL", "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """The provider; its settings come from the environment unless given."""
    source = os.environ if environ is None else environ
    settings = _settings(source)
    clock.follow(Path(source["CLOCK_FILE"]) if "CLOCK_FILE" in source else None)
    # Authlib insists on https; this one speaks to a browser on the same machine.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    app = Flask("demo.provider", static_folder=None)
    issuer, public = settings["OIDC_ISSUER"], settings["PUBLIC_URL"]
    client = Client(settings["OIDC_CLIENT_ID"], settings["OIDC_CLIENT_SECRET"], public + CALLBACK)
    key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256", "kid": secrets.token_hex(8)})
    server = Server(app, client)
    server.register_grant(Grant, [IdToken(issuer, key, server.codes), Pkce()])
    server.register_extension(Issuer(issuer))
    app.register_blueprint(_doors(server), url_prefix=urlsplit(issuer).path)
    app.register_blueprint(_documents(issuer, key, client, public + AFTER_SIGN_OUT), url_prefix=urlsplit(issuer).path)
    told = Path(source["TOUR_FILE"]) if source.get("TOUR_FILE") else None
    app.register_blueprint(_tour(told), url_prefix=urlsplit(issuer).path)
    app.after_request(_harden)
    return app


def _settings(source: Mapping[str, str]) -> dict[str, str]:
    missing = [name for name in SETTINGS if not source.get(name)]
    if missing:
        raise SystemExit(f"settings refused (missing: {', '.join(missing)})")
    if source["MODE"] not in ("demo", "test"):
        raise SystemExit("settings refused (bad: MODE): the demo's identity provider is for demo and test only")
    return {name: source[name] for name in SETTINGS}


def _doors(server: Server) -> Blueprint:
    doors = Blueprint("doors", __name__, template_folder="templates")

    @doors.get("/authorize")
    def choose() -> AnyResponse:
        """Who do you want to be? With `login_hint` the answer is known already."""
        person = people.find(request.args.get("login_hint"))
        try:
            grant = server.get_consent_grant(end_user=person)
        except OAuth2Error as error:
            return _refused(server, error)
        if person is None:
            return _page(request.args.to_dict())
        answer: AnyResponse = server.create_authorization_response(grant=grant, grant_user=person)
        return answer

    @doors.post("/token")
    def token() -> AnyResponse:
        answer: AnyResponse = server.create_token_response()
        return answer

    return doors


def _page(asked: dict[str, str]) -> Response:
    def chosen(person: Person) -> str:
        return f"{url_for('doors.choose')}?{urlencode(asked | {'login_hint': person.sub})}"

    return Response(render_template("choose_person.html", groups=people.GROUPS, chosen=chosen))


def _refused(server: Server, error: OAuth2Error) -> AnyResponse:
    if getattr(error, "redirect_uri", None):
        answer: AnyResponse = server.handle_error_response(None, error)
        return answer
    return Response(render_template("not_from_here.html", code=error.error), 400)


def _documents(issuer: str, key: RSAKey, client: Client, after_sign_out: str) -> Blueprint:
    documents = Blueprint("documents", __name__, static_folder="static", static_url_path="/static")
    discovery = {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "end_session_endpoint": f"{issuer}/end-session",
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "scopes_supported": ["openid"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "claims_supported": ["sub", "name", "roles", "unit", "cvr", "p_numbers", "cpr", "acr", "auth_time"],
    }

    @documents.get("/.well-known/openid-configuration")
    def configuration() -> Response:
        return jsonify(discovery)

    @documents.get("/jwks")
    def jwks() -> Response:
        return jsonify({"keys": [key.as_dict(private=False)]})

    @documents.get("/end-session")
    def end_session() -> AnyResponse:
        """Nothing is kept here, so nothing is ended; back to the client, if it asks for its own address."""
        ours = (client.client_id, after_sign_out)
        if (request.args.get("client_id"), request.args.get("post_logout_redirect_uri")) != ours:
            return Response(render_template("not_from_here.html", code="invalid_request"), 400)
        return redirect(after_sign_out)

    @documents.get("/livez")
    def livez() -> Response:
        return Response("ok", content_type="text/plain")

    return documents


def _tour(file: Path | None) -> Blueprint:
    pages = Blueprint("tour", __name__, template_folder="templates")

    @pages.get("/rundtur")
    def day() -> str:
        """The day of the story, page by page."""
        return render_template("tour.html", stops=tour.read(file) if file else None)

    return pages


def _harden(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer
