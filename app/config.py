"""Every setting, read once from the environment; a bad one stops the start with its name.

Standard library only: `make help` runs this file before anything is installed.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

DESCRIPTIONS = {
    "PORT": "port on 127.0.0.1 (8000)",
    "PUBLIC_URL": "address in every link; https, or http on this machine (http://localhost:$PORT)",
    "DATABASE_URL": "sqlite:/// or postgresql:// (a SQLite file in INSTANCE)",
    "INSTANCE": "folder for database, keys and unsent mail (./instance)",
    "SECRET_KEY": "at least 32 characters (made once, in INSTANCE/secret_key)",
    "SMTP_URL": "smtp://user:password@host:port with STARTTLS, or smtps:// (mail goes to INSTANCE)",
    "MAIL_FROM": "sender of mail (kiezvotum@ the host of PUBLIC_URL)",
    "TRUSTED_PROXIES": "number of proxies in front whose forwarded headers count (0)",
}
SECRET_LENGTH = 32
MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")


class ConfigError(Exception):
    """A setting that cannot be used; the message starts with its name."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} {problem}")
        self.name = name


class MailServer(NamedTuple):
    """Where mail is handed over; only a server on this machine may do without encryption."""

    host: str
    port: int
    user: str
    password: str
    encryption: Literal["tls", "starttls", "none"]


@dataclass(frozen=True)
class Settings:
    """What the environment decided."""

    port: int
    public_url: str
    database_url: str = field(repr=False)
    instance: Path
    secret_key: str = field(repr=False)
    mail_server: MailServer | None = field(repr=False)
    mail_from: str
    trusted_proxies: int

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read all settings and create the instance folder, or raise ConfigError."""
        given = {name: environ.get(name, "").strip() for name in DESCRIPTIONS}
        port = _whole_number("PORT", given["PORT"] or "8000", 1, 65535)
        public_url = _public_url(given["PUBLIC_URL"] or f"http://localhost:{port}")
        instance = _instance(given["INSTANCE"] or "instance")
        return cls(
            port=port,
            public_url=public_url,
            database_url=_database_url(given["DATABASE_URL"], instance),
            instance=instance,
            secret_key=_secret_key(given["SECRET_KEY"], instance / "secret_key"),
            mail_server=_mail_server(given["SMTP_URL"]),
            mail_from=_mail_from(given["MAIL_FROM"], public_url),
            trusted_proxies=_whole_number("TRUSTED_PROXIES", given["TRUSTED_PROXIES"] or "0", 0, 5),
        )

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the site."""
        return _is_loopback(urlsplit(self.public_url).hostname or "")

    @property
    def is_https(self) -> bool:
        """Whether visitors come by https."""
        return self.public_url.startswith("https:")


def _whole_number(name: str, text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise ConfigError(name, f"must be a number from {least} to {most}, not {text!r}")
    return int(text)


def _split(name: str, address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise ConfigError(name, "is not an address") from None
    return parts


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _public_url(address: str) -> str:
    parts = _split("PUBLIC_URL", address)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host:
        raise ConfigError("PUBLIC_URL", "must start with https://, or http:// on this machine")
    if parts.scheme == "http" and not _is_loopback(host):
        raise ConfigError("PUBLIC_URL", f"must be https: {host} is not this machine")
    if parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ConfigError("PUBLIC_URL", "must be scheme, host and port alone")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _instance(folder: str) -> Path:
    path = Path(folder).resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as failure:
        raise ConfigError("INSTANCE", f"{path}: {failure.strerror}") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise ConfigError("INSTANCE", f"{path}: cannot be written")
    return path


def _database_url(address: str, instance: Path) -> str:
    if not address:
        return f"sqlite:///{instance / 'kiezvotum.sqlite3'}"
    scheme, separator, rest = address.partition("://")
    if scheme == "sqlite" and separator:
        if rest.strip("/") in ("", ":memory:"):
            raise ConfigError("DATABASE_URL", "must name a file: sqlite:////folder/file.sqlite3")
        if not Path(rest.removeprefix("/").partition("?")[0]).parent.is_dir():
            raise ConfigError("DATABASE_URL", "names a folder that does not exist")
        return address
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and separator:
        return f"postgresql+psycopg://{rest}"
    raise ConfigError("DATABASE_URL", "must start with sqlite:/// or postgresql://")


def _secret_key(text: str, file: Path) -> str:
    if text:
        return _require_strong(text, "")
    if not file.exists():
        create_once(file, secrets.token_urlsafe(SECRET_LENGTH))
    if file.stat().st_mode & 0o077:
        raise ConfigError("SECRET_KEY", f"in {file} is open to others: chmod 600 {file}")
    return _require_strong(file.read_text().strip(), f"in {file} ")


def _require_strong(text: str, place: str) -> str:
    if len(text) < SECRET_LENGTH or len(set(text)) < SECRET_LENGTH // 4:
        raise ConfigError(
            "SECRET_KEY", f"{place}must be random and have at least {SECRET_LENGTH} characters"
        )
    return text


def create_once(file: Path, content: str) -> None:
    """Write a file of mode 0600 whole or not at all; of two processes one wins."""
    descriptor, draft = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "w") as out:
        out.write(content + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()


def _mail_server(address: str) -> MailServer | None:
    if not address:
        return None
    parts = _split("SMTP_URL", address)
    host = parts.hostname or ""
    if parts.scheme not in ("smtp", "smtps") or not host or parts.path.strip("/"):
        raise ConfigError("SMTP_URL", "must look like smtp://user:password@host:587")
    direct = parts.scheme == "smtps"
    encryption: Literal["tls", "starttls", "none"] = (
        "tls" if direct else "none" if _is_loopback(host) else "starttls"
    )
    return MailServer(
        host=host,
        port=parts.port or (465 if direct else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        encryption=encryption,
    )


def _mail_from(address: str, public_url: str) -> str:
    host = urlsplit(public_url).hostname or ""
    address = address or f"kiezvotum@{'localhost' if _is_loopback(host) else host}"
    if not MAIL_ADDRESS.fullmatch(address):
        raise ConfigError("MAIL_FROM", "must be one mail address, without a name")
    return address


if __name__ == "__main__":
    print("\nSettings, from the environment (and what holds without them):")
    for name, description in DESCRIPTIONS.items():
        print(f"  {name:<16} {description}")
