"""People at the real Keycloak: they sign in there as a browser does, and an administrator of it changes them."""

import re
from html import unescape
from urllib.parse import urlsplit

import requests

PASSWORD = "hereabouts-test-password"
PATIENCE = 60


class AtKeycloak:
    """One browser's session at Keycloak."""

    def __init__(self):
        self.session = requests.Session()
        self.said = ""

    def get(self, address):
        return self._kept(self.session.get(address, allow_redirects=False, timeout=PATIENCE))

    def let_in(self, address, username, password=PASSWORD):
        """Where Keycloak sends somebody who came by this address and signs in; empty when it does not let them in."""
        page = self.get(address)
        if page.is_redirect:
            return page.headers["Location"]
        form = unescape(re.search(r'action="([^"]+)"', page.text)[1])
        typed = {"username": username, "password": password}
        answer = self._kept(self.session.post(form, typed, allow_redirects=False, timeout=PATIENCE))
        self.said = " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
        return answer.headers.get("Location", "")

    def _kept(self, answer):
        # Keycloak marks its cookies Secure on plain http too, and Python would not send them back.
        for cookie in self.session.cookies:
            cookie.secure = False
        return answer


class KeycloakAdmin:
    """Changes people; whoever uses it puts them back."""

    def __init__(self, issuer, secret):
        parts = urlsplit(issuer)
        self.realm = f"{parts.scheme}://{parts.netloc}/admin{parts.path}"
        asked = {"grant_type": "client_credentials", "client_id": "test-admin", "client_secret": secret}
        answer = requests.post(f"{issuer}/protocol/openid-connect/token", asked, timeout=PATIENCE)
        answer.raise_for_status()
        self.headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def ask(self, method, path, **more):
        answer = requests.request(method, f"{self.realm}/{path}", headers=self.headers, timeout=PATIENCE, **more)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def person(self, username):
        return self.ask("GET", "users", params={"username": username, "exact": "true"})[0]["id"]

    def group(self, name):
        return next(one["id"] for one in self.ask("GET", "groups", params={"search": name}) if one["name"] == name)

    def join(self, username, group):
        self.ask("PUT", f"users/{self.person(username)}/groups/{self.group(group)}")

    def leave(self, username, group):
        self.ask("DELETE", f"users/{self.person(username)}/groups/{self.group(group)}")

    def set_enabled(self, username, enabled):
        self.ask("PUT", f"users/{self.person(username)}", json={"enabled": enabled})

    def sign_out(self, username):
        self.ask("POST", f"users/{self.person(username)}/logout")

    def sessions(self, username):
        return sorted(one["id"] for one in self.ask("GET", f"users/{self.person(username)}/sessions"))
