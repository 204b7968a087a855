"""A small OpenID Connect provider on loopback that says whatever a test tells it to, true or false.

It has a key of its own, takes any secret, and signs whoever comes in as the claims it holds.
"""

import json
import secrets
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "hereabouts"
START = "/sign-in/council/"
EVENT = "http://schemas.openid.net/event/backchannel-logout"


def make_key(name):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return key, {**public, "kid": name, "alg": "RS256", "use": "sig"}


class OwnProvider:
    """`claims` go into id tokens over the honest ones, None takes one out; `answers` replace whole answers by path."""

    def __init__(self):
        self.key, self.public = make_key("first")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.behave()

    def behave(self):
        """Be honest again."""
        self.claims, self.answers, self.codes, self.asked = {}, {}, {}, []
        self.signing, self.algorithm, self.kid = self.key, "RS256", "first"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def sign(self, claims, kind="JWT"):
        given = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(given, self.signing, algorithm=self.algorithm, headers={"kid": self.kid, "typ": kind})

    def id_token(self, nonce):
        now = int(time.time())
        honest = {
            "iss": self.issuer, "aud": CLIENT, "sub": "person-1", "iat": now, "exp": now + 300, "nonce": nonce,
            "groups": ["dir-team"], "email": "mo@example.org", "email_verified": True, "given_name": "Mo",
            "family_name": "Bright", "sid": "session-1",
        }  # fmt: skip
        return self.sign({**honest, **self.claims})

    def logout_token(self, kind="logout+jwt", **claims):
        now = int(time.time())
        honest = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": uuid.uuid4().hex,
            "sub": "person-1", "sid": "session-1", "events": {EVENT: {}},
        }  # fmt: skip
        return self.sign({**honest, **claims}, kind)

    def let_in(self, address):
        """What the provider does with somebody who came by this address: the address that it sends them on to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def answer(self, path, form):
        self.asked.append(path)
        if path in self.answers:
            return self.answers[path]
        if path == "/.well-known/openid-configuration":
            here = self.issuer
            return 200, {
                "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
                "jwks_uri": f"{here}/keys", "userinfo_endpoint": f"{here}/userinfo",
                "end_session_endpoint": f"{here}/end", "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }  # fmt: skip
        if path == "/keys":
            return 200, {"keys": [self.public]}
        if path == "/userinfo":
            return 200, {"sub": "person-1", "email": "mo@example.org"}
        asked = self.codes.pop(form.get("code", [""])[0], None)
        if path == "/token" and asked:
            token = self.id_token(asked["nonce"])
            return 200, {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60, "id_token": token}
        return 400, {"error": "invalid_grant"}

    def _handler(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._answer({})

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                self._answer(parse_qs(self.rfile.read(length).decode()))

            def _answer(self, form):
                status, body = provider.answer(urlsplit(self.path).path, form)
                sent = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                if status == 302:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, *_args):
                pass

        return Handler


def go(client, provider, **more):
    """To the provider and back; what the site says then."""
    return client.get(path_back(client, provider, **more))


def start(client, **asked):
    """The provider's address that the button leads to."""
    return client.post(START, asked).context["place"]


def path_back(client, provider, **asked):
    back = urlsplit(provider.let_in(start(client, **asked)))
    return f"{back.path}?{back.query}"
