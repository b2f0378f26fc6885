"""Run several processes as one: they start together, and when one ends or we are told to stop, all stop."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

STOP_SECONDS = 20
LOOK_SECONDS = 0.3


class Together:
    """Children of this process, each in a group of its own, so that Ctrl-C reaches only us."""

    def __init__(self, commands: Sequence[Sequence[str]], environ: Mapping[str, str]) -> None:
        self.stopping = threading.Event()
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked)
        self.children = [
            subprocess.Popen(list(command), env=dict(environ), start_new_session=True)  # noqa: S603 - our own command line
            for command in commands
        ]

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        self.stopping.set()

    def run(self, url: str, ready: Callable[[], None]) -> int:
        """Until the end: 0 when we were told to stop, 1 when a child ended by itself."""
        announced = False
        while not self.stopping.is_set():
            if any(child.poll() is not None for child in self.children):
                break
            if not announced and _answers(url):
                announced = True
                ready()
            self.stopping.wait(LOOK_SECONDS)
        self.stop()
        return 0 if self.asked else 1

    def stop(self) -> None:
        """Kindly first; whoever is still there after a while is killed."""
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        for child in self.children:
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
