"""Every setting of the service, read once from ``ODR_*`` and refused with a reason when it is wrong.

Each field below is the variable ``ODR_<FIELD>``; a field marked as secret may instead be given as
``ODR_<FIELD>_FILE``, a file that holds it.  docs/configuration.md describes them all, and a test
compares that page with this dataclass.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network

LEVELS = ("debug", "info", "warning", "error")
KEY_BYTES = 32
SECRET = {"secret": True}  # may also come from a file, and no listing shows it


class ConfigError(Exception):
    """A setting that the service will not start with; the text says which one, and why."""


@dataclass(frozen=True)
class Settings:
    """What one running service knows of its surroundings.  Made once, passed on, never changed."""

    database_url: str = field(repr=False, metadata=SECRET)
    data_dir: Path
    base_url: str
    secret_key: str = field(repr=False, metadata=SECRET)
    field_keys_file: Path
    seal_key_file: Path
    checkpoint_key_file: Path
    mail_url: str = field(repr=False, metadata=SECRET)
    mail_from: str
    trusted_proxies: tuple[Network, ...]
    demo: bool
    threads: int
    workers: int
    streams_per_process: int
    streams_per_person: int
    upload_max_mb: int
    upload_max_files: int
    service_name: str
    hotline: str
    log_level: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """All settings out of ``environ``; the first that is wrong or missing is named."""
        read = _Reader(environ)
        data = read.path("DATA_DIR", "var")
        keys = data / "keys"
        settings = cls(
            database_url=read.database_url(f"sqlite:///{data / 'odr.sqlite3'}"),
            data_dir=data,
            base_url=read.base_url("http://127.0.0.1:8000"),
            secret_key=read.secret_key(keys / "secret.key"),
            field_keys_file=read.path("FIELD_KEYS_FILE", keys / "field.keys"),
            seal_key_file=read.path("SEAL_KEY_FILE", keys / "seal.pem"),
            checkpoint_key_file=read.path("CHECKPOINT_KEY_FILE", keys / "checkpoint.pem"),
            mail_url=read.mail_url("console:"),
            mail_from=read.address("MAIL_FROM", "no-reply@localhost"),
            trusted_proxies=read.networks("TRUSTED_PROXIES"),
            demo=read.flag("DEMO"),
            threads=read.number("THREADS", 16, least=2, most=512),
            workers=read.number("WORKERS", 1, least=1, most=64),
            streams_per_process=read.number("STREAMS_PER_PROCESS", 8, least=0, most=10_000),
            streams_per_person=read.number("STREAMS_PER_PERSON", 3, least=1, most=100),
            upload_max_mb=read.number("UPLOAD_MAX_MB", 20, least=1, most=2048),
            upload_max_files=read.number("UPLOAD_MAX_FILES", 20, least=1, most=500),
            service_name=read.text("SERVICE_NAME", "旅游纠纷在线解决"),
            hotline=read.text("HOTLINE", "12345"),
            log_level=read.choice("LOG_LEVEL", "info", LEVELS),
        )
        read.refuse_unknown(cls)
        settings._agree()
        return settings

    @property
    def secure(self) -> bool:
        """Whether pages go over TLS, and cookies may be ``__Host-`` and Secure."""
        return self.base_url.startswith("https://")

    @property
    def on_sqlite(self) -> bool:
        """Whether the embedded database serves this machine alone."""
        return self.database_url.startswith("sqlite:")

    def field_keys(self) -> tuple[bytes, ...]:
        """The keys that wrap each person's own key, newest first; the first one writes, all of them read."""
        lines = _file("ODR_FIELD_KEYS_FILE", self.field_keys_file).split()
        if not lines:
            raise ConfigError(f"ODR_FIELD_KEYS_FILE: {self.field_keys_file} holds no key.")
        return tuple(_key("ODR_FIELD_KEYS_FILE", line) for line in lines)

    def _agree(self) -> None:
        """Values that are right alone and wrong together."""
        if self.demo and not _loopback(self.base_url):
            raise ConfigError("ODR_DEMO: a demo signs anybody in, so ODR_BASE_URL must be a loopback address.")
        if self.streams_per_process >= self.threads:
            raise ConfigError(
                "ODR_STREAMS_PER_PROCESS: each stream holds a thread, so there must be fewer streams "
                f"({self.streams_per_process}) than ODR_THREADS ({self.threads})."
            )
        if self.on_sqlite and self.workers > 1:
            raise ConfigError("ODR_WORKERS: SQLite serves one web process; more need PostgreSQL in ODR_DATABASE_URL.")


class _Reader:
    """Takes variables out of the environment one by one and remembers which were asked for."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    def text(self, name: str, default: str) -> str:
        value = self.environ.get(f"ODR_{name}", default).strip()
        if not value:
            raise ConfigError(f"ODR_{name}: is empty; leave it out or give it a value.")
        return value

    def secret(self, name: str, default: str | None = None) -> str | None:
        """The value, or the content of the file that ``ODR_<name>_FILE`` names; never both."""
        given, file = f"ODR_{name}", f"ODR_{name}_FILE"
        if given in self.environ and file in self.environ:
            raise ConfigError(f"{given} and {file} are both set; keep one.")
        if file in self.environ:
            return _file(file, Path(self.environ[file]))
        return self.text(name, "") if given in self.environ else default

    def path(self, name: str, default: str | Path) -> Path:
        return Path(self.text(name, str(default))).expanduser().absolute()

    def flag(self, name: str) -> bool:
        return self.choice(name, "0", ("0", "1")) == "1"

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise ConfigError(f"ODR_{name}: {value!r} is not one of {', '.join(choices)}.")
        return value

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise ConfigError(f"ODR_{name}: {value!r} is not a whole number from {least} to {most}.")
        return int(value)

    def networks(self, name: str) -> tuple[Network, ...]:
        """Addresses or networks of the proxies that may speak for a client, apart by commas."""
        parts = [part.strip() for part in self.environ.get(f"ODR_{name}", "").split(",") if part.strip()]
        try:
            return tuple(ip_network(part) for part in parts)
        except ValueError as wrong:
            raise ConfigError(f"ODR_{name}: {wrong}; give addresses or networks such as 10.0.0.5,10.1.0.0/16.") from None

    def address(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if value.count("@") != 1 or any(c.isspace() or not c.isprintable() for c in value):
            raise ConfigError(f"ODR_{name}: {value!r} is not one mail address.")
        return value

    def base_url(self, default: str) -> str:
        value = self.text("BASE_URL", default).rstrip("/")
        parts = _split("ODR_BASE_URL", value)
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.path or parts.query or parts.username:
            raise ConfigError(f"ODR_BASE_URL: {value!r} is not an address such as https://odr.example.")
        if parts.scheme == "http" and not _loopback(value):
            raise ConfigError("ODR_BASE_URL: http is for loopback only; everything else is https, or cookies can be stolen.")
        return value

    def database_url(self, default: str) -> str:
        value = self.secret("DATABASE_URL", default) or default
        for short in ("postgres://", "postgresql://"):
            if value.startswith(short):
                return "postgresql+psycopg://" + value.removeprefix(short)
        if value.startswith(("sqlite:////", "postgresql+psycopg://")):
            return value
        raise ConfigError("ODR_DATABASE_URL: must begin with postgresql:// or with sqlite:/// and an absolute path.")

    def mail_url(self, default: str) -> str:
        value = self.secret("MAIL_URL", default) or default
        parts = _split("ODR_MAIL_URL", value)
        if parts.scheme in ("smtp", "smtps") and parts.hostname:
            return value
        if value == "console:" or (parts.scheme == "file" and parts.path.startswith("/")):
            return value
        raise ConfigError(
            "ODR_MAIL_URL: must be console:, file:///folder, smtp://[user:password@]host[:port] or smtps://... ."
        )

    def secret_key(self, default: Path) -> str:
        """Signs cookies and forms; at least 32 characters, so that nobody guesses it."""
        value = self.secret("SECRET_KEY")
        name = "ODR_SECRET_KEY" if value is not None else "ODR_SECRET_KEY_FILE"
        value = value if value is not None else _file(name, default)
        if len(value) < KEY_BYTES:
            raise ConfigError(f"{name}: has {len(value)} characters; at least {KEY_BYTES}, as `tourism-odr keys make` gives.")
        return value

    def refuse_unknown(self, settings: type[Settings]) -> None:
        """A misspelt name would leave its default in force without anybody noticing."""
        for name in sorted(self.environ):
            if name.startswith("ODR_") and not name.startswith("ODR_TEST_") and name not in variables(settings):
                raise ConfigError(f"{name}: no setting has this name; see docs/configuration.md.")


def variables(settings: type[Settings] = Settings) -> tuple[str, ...]:
    """The names of all variables, with the ``_FILE`` form of those that are secret."""
    names: list[str] = []
    for name, described in settings.__dataclass_fields__.items():
        names.append(f"ODR_{name.upper()}")
        if described.metadata.get("secret"):
            names.append(f"ODR_{name.upper()}_FILE")
    return tuple(names)


def _split(name: str, value: str) -> Any:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as wrong:
        raise ConfigError(f"{name}: {wrong}.") from None
    return parts


def _loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _file(name: str, path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) else "not a text file"
        raise ConfigError(f"{name}: {path} cannot be read ({reason}); `tourism-odr keys make` creates it.") from None


def _key(name: str, line: str) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(line)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY_BYTES:
        raise ConfigError(f"{name}: a line is not {KEY_BYTES} bytes in base64; `tourism-odr keys make` writes them.")
    return line.encode()
