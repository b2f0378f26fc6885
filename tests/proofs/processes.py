"""Processes that are there to be killed: the service itself, and forks of this test."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

STOP_SECONDS = 20


class Program:
    """`tourism-odr ...` as an operator starts it, in a process group of its own."""

    def __init__(self, words: Sequence[str], environ: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "tourism_odr.cli", *words]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, env=dict(environ), stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603 - our own program

    @property
    def workers(self) -> list[int]:
        """The processes that this one started: gunicorn's workers."""
        pid = self.process.pid
        with contextlib.suppress(OSError):
            return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return []

    def answers(self, url: str, seconds: float = 60) -> bool:
        """Wait until it answers."""
        for _ in range(int(seconds * 5)):
            with contextlib.suppress(URLError, OSError), urlopen(url, timeout=5) as answer:  # noqa: S310 - loopback
                return bool(answer.status == 200)
            time.sleep(0.2)
        return False

    def kill(self) -> None:
        """As the machine's own last resort would: no goodbye."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        """Kindly; then not."""
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_SECONDS)
        self.kill()


class Child:
    """A fork of this test, which must hold no connection at that moment."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.pid = os.fork()
        self.ended: int | None = None
        if self.pid == 0:
            code = 1
            try:
                work()
                code = 0
            finally:
                os._exit(code)

    def kill(self) -> None:
        """Without a goodbye; nothing when it has ended already."""
        if self.ended is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.wait()

    def wait(self) -> int:
        """Its exit code, negative when it was killed."""
        if self.ended is None:
            _, status = os.waitpid(self.pid, 0)
            self.ended = os.waitstatus_to_exitcode(status)
        return self.ended

    def alive(self) -> bool:
        """Whether it still works."""
        if self.ended is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.ended = os.waitstatus_to_exitcode(status)
        return self.ended is None
