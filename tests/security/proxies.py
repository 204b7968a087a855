"""The proxies of the how-to pages in front of a site: their own text, but for the host, the ports and the folders."""

import contextlib
import datetime as dt
import json
import os
import shutil
import socket
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.config.test_commands import ROOT, free_port, until
from tests.security.conftest import HOST, read_answer

SHIPPED = ROOT / "docs" / "how-to" / "proxy"
CADDY = shutil.which("caddy")
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
ANY_CERTIFICATE = ssl.create_default_context()
ANY_CERTIFICATE.check_hostname, ANY_CERTIFICATE.verify_mode = False, ssl.CERT_NONE


@dataclass(frozen=True)
class Proxy:
    """One that runs; its log is in its folder."""

    folder: Path
    https: int
    http: int

    def send(self, raw, *, by="127.0.0.1"):
        """The answer to bytes over https, from one of this machine's own addresses."""
        with (
            socket.create_connection(("127.0.0.1", self.https), 60, source_address=(by, 0)) as line,
            ANY_CERTIFICATE.wrap_socket(line, server_hostname=HOST) as door,
        ):
            with contextlib.suppress(OSError):
                door.sendall(raw)
            return read_answer(door)

    def ask(self, method, path, headers="", body=b"", *, by="127.0.0.1"):
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n{headers}{length}\r\n"
        return self.send(head.encode() + body, by=by)

    def ask_without_tls(self, path):
        with socket.create_connection(("127.0.0.1", self.http), 60) as door:
            door.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
            return read_answer(door)

    def said(self):
        return "".join(path.read_text() for path in self.folder.glob("*.log"))


@contextlib.contextmanager
def running(kind, folder, behind):
    """A proxy of this kind before the port `behind`."""
    folder.mkdir()
    proxy = Proxy(folder, free_port(), free_port())
    command = {"caddy": caddy, "nginx": nginx}[kind](proxy, behind)
    with (folder / "itself.log").open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environment(folder))
    try:
        until(lambda: process.poll() is not None or opened(proxy), f"{kind} to answer")
        assert process.poll() is None, proxy.said()
        yield proxy
    finally:
        process.terminate()
        process.wait()


def environment(folder):
    return {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}


def opened(proxy):
    with contextlib.suppress(OSError):
        return proxy.ask("GET", "/health/live")
    return None


def caddy(proxy, behind):
    """Nothing is left out of its log; its certificates are of its own making."""
    text = (SHIPPED / "Caddyfile").read_text(encoding="utf-8").replace("help.example.org", HOST)
    (proxy.folder / "Caddyfile").write_text(text)
    read = subprocess.run(
        [CADDY, "adapt", "--adapter", "caddyfile", "--config", str(proxy.folder / "Caddyfile")],
        capture_output=True, text=True, check=True, env=environment(proxy.folder),
    )  # fmt: skip
    told = json.loads(read.stdout.replace("127.0.0.1:8000", f"127.0.0.1:{behind}"))
    http = told["apps"]["http"]
    http |= {"http_port": proxy.http, "https_port": proxy.https}
    http["servers"]["srv0"]["listen"] = [f"127.0.0.1:{proxy.https}"]
    told["apps"]["tls"] = {"automation": {"policies": [{"issuers": [{"module": "internal"}]}]}}
    told["apps"]["pki"] = {"certificate_authorities": {"local": {"install_trust": False}}}
    told["admin"] = {"disabled": True}
    told["logging"]["logs"]["default"]["level"] = "DEBUG"
    (proxy.folder / "caddy.json").write_text(json.dumps(told))
    return [CADDY, "run", "--config", str(proxy.folder / "caddy.json")]


def nginx(proxy, behind):
    make_certificate(proxy.folder)
    text = (SHIPPED / "nginx.conf").read_text(encoding="utf-8")
    for there, here in {
        "help.example.org.": "site.", "help.example.org": HOST, "/etc/ssl/": f"{proxy.folder}/",
        "/var/log/nginx/": f"{proxy.folder}/", "listen 443": f"listen 127.0.0.1:{proxy.https}",
        "listen 80": f"listen 127.0.0.1:{proxy.http}", "127.0.0.1:8000": f"127.0.0.1:{behind}",
    }.items():  # fmt: skip
        assert there in text
        text = text.replace(there, here)
    (proxy.folder / "site.conf").write_text(text)
    kept = "".join(
        f"{name}_temp_path {proxy.folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (proxy.folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {proxy.folder}/pid; events {{}} http {{ {kept} include site.conf; }}"
    )
    return [NGINX, "-c", str(proxy.folder / "nginx.conf"), "-e", str(proxy.folder / "nginx.log")]


def make_certificate(folder):
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string(f"CN={HOST}")
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + dt.timedelta(days=1)
    ).sign(key, hashes.SHA256())
    (folder / "site.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "site.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
