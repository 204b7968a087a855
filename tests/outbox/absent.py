"""What a worker depends on, and does not have: its database for a while, and a mail server that is who it says."""

import contextlib
import datetime as dt
import ipaddress
import socket
import sqlite3
import ssl
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@contextlib.contextmanager
def away(url):
    """Nobody gets at the database: PostgreSQL lets nobody in and shows everybody out, and SQLite's file is held."""
    if url.startswith("sqlite"):
        holder = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        with contextlib.closing(holder):
            holder.execute("BEGIN EXCLUSIVE")
            yield
            holder.execute("ROLLBACK")
        return
    import psycopg

    server, _slash, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as door:
        door.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        door.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            door.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")


class StrangeMailServer(threading.Thread):
    """Greets, offers STARTTLS, and shows a certificate that it wrote itself."""

    def __init__(self, folder):
        super().__init__(daemon=True)
        self.began_tls = False
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(self_signed(folder))
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self._door.close()
        self.join()

    def run(self):
        with contextlib.suppress(OSError):
            line, _address = self._door.accept()
            with line:
                line.sendall(b"220 mail.example.org\r\n")
                line.recv(1024)
                line.sendall(b"250-mail.example.org\r\n250 STARTTLS\r\n")
                line.recv(1024)
                line.sendall(b"220 Go on\r\n")
                self.began_tls = True
                self._context.wrap_socket(line, server_side=True)


def self_signed(folder):
    """A file with a key and a certificate for 127.0.0.1 that nobody vouches for."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example.org")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "self-signed.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file
