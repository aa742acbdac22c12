"""Compare web servers on this machine: speed, slow clients, memory; two processes each.

    python -m bench.servers            all that are installed
    python -m bench.servers granian    those whose name contains the word

Needs wrk for the speed. Servers that are not installed are left out. Loopback only.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

from bench.slow_clients import attack

PORT = 8149
ADDRESS = f"http://127.0.0.1:{PORT}/"
GRANIAN = (
    "granian --interface wsgi --http 1 --no-ws --workers 2 --no-log --port {port} "
    "--http1-header-read-timeout 10000 --backpressure 2000 --blocking-threads "
)
SERVERS = {
    "granian, 4 threads": GRANIAN + "4 bench.control:app",
    "granian, 64 threads": GRANIAN + "64 bench.control:app",
    "granian, 64 threads, waiting room": GRANIAN + "64 bench.control:guarded",
    "waitress, 4 threads": "python -m bench.twice waitress {port}",
    "cheroot, 10 threads": "python -m bench.twice cheroot {port}",
    "gunicorn, sync": "gunicorn -w 2 -b 127.0.0.1:{port} bench.control:app",
    "gunicorn, 4 threads": "gunicorn -w 2 -k gthread --threads 4 -b :{port} bench.control:app",
    "hypercorn": "hypercorn -w 2 -b 127.0.0.1:{port} --log-level critical bench.control:app",
}


def main() -> None:
    """Measure each server and print one row of the table for it."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    print(
        "| server | requests/s | p99 | MB | 300 slow headers | 40 slow bodies | 300 slow bodies |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, command in SERVERS.items():
        if wanted in name and importlib.util.find_spec(name.split(",")[0]):
            print(f"| {name} | {' | '.join(measure(command))} |", flush=True)


def measure(command: str) -> list[str]:
    """Start the server, measure it, stop it."""
    words = command.format(port=PORT).split()
    words[0] = str(Path(sys.executable).with_name(words[0]))
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(words, start_new_session=True, stdout=quiet, stderr=quiet)
    try:
        _wait_for_port()
        row = [*load(), f"{memory(server.pid):.0f}"]
        for kind, connections in (("headers", 300), ("body", 40), ("body", 300)):
            outcome = attack(kind, connections, PORT)
            row.append(f"{outcome.answered:.0%}, p95 {outcome.p95:.0f} ms")
        return row
    finally:
        _stop(server)


def load() -> tuple[str, str]:
    """Return requests a second and the 99th percentile, the median of three runs of wrk."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return "wrk is missing", ""
    runs = []
    for seconds in (2, 4, 4, 4):
        words = [wrk, "-t1", "-c8", f"-d{seconds}s", "--latency", ADDRESS]
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
        p99 = re.search(r"99%\s+(\S+)", said)
        if rate and p99:
            runs.append((float(rate[1]), p99[1]))
    middle = sorted(runs[1:])[1]
    return f"{middle[0]:,.0f}", middle[1]


def memory(pid: int) -> float:
    """Return the memory of a process and its children in MB, shared pages counted once (PSS)."""
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(float(each.memory_full_info().pss) for each in family) / 1e6


def _wait_for_port() -> None:
    """Wait until the server listens, at most ten seconds."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", PORT)) == 0:
                time.sleep(1)
                return
        time.sleep(0.1)
    sys.exit("The server did not start.")


def _stop(server: subprocess.Popen[bytes]) -> None:
    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    time.sleep(1)


if __name__ == "__main__":
    main()
