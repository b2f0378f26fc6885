"""How a message leaves: by SMTP, into a folder, onto the console, or into memory for tests."""

import smtplib
import ssl
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import uuid4

TIMEOUT = 20.0
REFUSED_FOR_GOOD = range(500, 600)


class MailLaterError(Exception):
    """It did not leave now; trying again may help."""


class MailRefusedError(Exception):
    """The other side will never take it: no such mailbox, or it refuses the message."""


class Mailer(Protocol):
    """Takes one message for one address."""

    def send(self, message: EmailMessage, address: str) -> None:
        """Hand the message over, or raise ``MailLaterError`` or ``MailRefusedError``."""
        ...


class ConsoleMailer:
    """Prints what would leave: enough for a demo on one machine."""

    def send(self, message: EmailMessage, address: str) -> None:
        """Print the plain text."""
        body = message.get_body(("plain",))
        text = body.get_content() if body else ""
        sys.stdout.write(f"--- to {address}: {message['Subject']}\n{text}\n")
        sys.stdout.flush()


class FolderMailer:
    """Writes each message as a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage, address: str) -> None:  # noqa: ARG002 - it stands in the message
        """One .eml file a message."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{uuid4()}.eml").write_bytes(bytes(message))
        except OSError as wrong:
            raise MailLaterError(str(wrong)) from wrong


class MemoryMailer:
    """Keeps what was sent, and fails as it is told to."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, EmailMessage]] = []
        self.failing: Exception | None = None

    def send(self, message: EmailMessage, address: str) -> None:
        """Remember, or raise."""
        if self.failing is not None:
            raise self.failing
        self.sent.append((address, message))


class SmtpMailer:
    """One connection a message: slow servers hold up nobody but this process."""

    def __init__(self, url: SplitResult, sender: str, timeout: float = TIMEOUT) -> None:
        self.url, self.sender, self.timeout = url, sender, timeout

    def send(self, message: EmailMessage, address: str) -> None:
        """Deliver to the configured server."""
        try:
            with self._connect() as server:
                if self.url.username:
                    server.login(unquote(self.url.username), unquote(self.url.password or ""))
                server.send_message(message, self.sender, [address])
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = next(iter(refused.recipients.values()))
            raise _failure(code, text) from refused
        except smtplib.SMTPDataError as refused:
            raise _failure(refused.smtp_code, refused.smtp_error) from refused
        except (OSError, smtplib.SMTPException) as wrong:
            raise MailLaterError(f"{type(wrong).__name__}: {wrong}") from wrong

    def _connect(self) -> smtplib.SMTP:
        host = self.url.hostname or "localhost"
        context = ssl.create_default_context()
        if self.url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, self.url.port or 465, timeout=self.timeout, context=context)
        server = smtplib.SMTP(host, self.url.port or 25, timeout=self.timeout)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        return server


def _failure(code: int, text: bytes | str) -> Exception:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    kind = MailRefusedError if code in REFUSED_FOR_GOOD else MailLaterError
    return kind(f"{code} {words}")


def mailer_for(url: str, sender: str) -> Mailer:
    """The driver that the setting ``ODR_MAIL_URL`` names."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return ConsoleMailer()
    if parts.scheme == "file":
        return FolderMailer(Path(unquote(parts.path)))
    return SmtpMailer(parts, sender)
