"""Processes that run as one: they start together, and end together."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

PARENT = """
import os, sys
from tourism_odr.operations.processes import Together
port = sys.argv[1]
web = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", port]
other = [sys.executable, "-c", "import time; time.sleep(%s)" % sys.argv[2]]
together = Together([web, other], os.environ)
print(*[child.pid for child in together.children], flush=True)
sys.exit(together.run(f"http://127.0.0.1:{port}/", lambda: print("ready", flush=True)))
"""


@pytest.fixture
def start(tmp_path):
    started = []

    def run(seconds):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        command = [sys.executable, "-c", PARENT, port, str(seconds)]
        parent = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # noqa: S603 - our own
        started.append(parent)
        return parent, [int(pid) for pid in parent.stdout.readline().split()]

    yield run
    for parent in started:
        parent.kill()
        parent.wait()
        parent.stdout.close()


def gone(pids):
    for pid in pids:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            continue
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_both_end_when_we_are_told_to_stop(start, number):
    parent, children = start(60)
    assert "ready\n" in iter(parent.stdout.readline, "")

    parent.send_signal(number)

    assert parent.wait(20) == 0
    assert gone(children)


def test_both_end_when_one_ends_and_that_is_a_failure(start):
    parent, children = start(1)

    before = time.monotonic()

    assert parent.wait(20) == 1
    assert gone(children)
    assert time.monotonic() - before < 20
