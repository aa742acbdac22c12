"""Compare web servers on this machine: speed, slow clients, memory. Two processes each.

python -m bench.servers            all that are installed
python -m bench.servers granian    those whose name contains the word
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

import psutil

from bench.slow_clients import attack

PORT = int(os.environ.get("BENCH_PORT", "8149"))
GRANIAN = (
    "granian --interface wsgi --http 1 --no-ws --workers 2 --no-log --port {port} "
    "--http1-header-read-timeout 10000 "
)
SERVERS = {
    "granian, 4 threads": GRANIAN + "--blocking-threads 4 bench.control:app",
    "granian, 64 threads": GRANIAN + "--blocking-threads 64 bench.control:app",
    "granian RSGI, 4 threads": (
        GRANIAN.replace("wsgi", "rsgi") + "--loop asyncio bench.rsgi_control:app"
    ),
    "waitress, 4 threads": "{python} -m bench.waitress_twice {port} 4",
    "gunicorn sync": "gunicorn -w 2 -b 127.0.0.1:{port} bench.control:app",
    "gunicorn gthread, 4 threads": (
        "gunicorn -w 2 -k gthread --threads 4 -b 127.0.0.1:{port} bench.control:app"
    ),
    "cheroot, 10 threads": "{python} -m bench.cheroot_twice {port}",
    "uvicorn + a2wsgi, 10 threads": (
        "uvicorn --workers 2 --port {port} --log-level critical bench.asgi_control:app"
    ),
    "hypercorn": "hypercorn -w 2 -b 127.0.0.1:{port} --log-level critical bench.control:app",
}


def main() -> None:
    """Measure each server and print one row of the table for it."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    print(
        "| server | requests/s | p99 ms | MB at rest | MB after | 300 slow headers | 40 slow bodies | 300 slow bodies |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, command in SERVERS.items():
        module = name.split()[0].strip(",")
        if wanted in name and importlib.util.find_spec(module):
            print(f"| {name} | {' | '.join(measure(command))} |", flush=True)


def measure(command: str) -> list[str]:
    """Start the server, measure it, stop it."""
    words = command.format(port=PORT, python=sys.executable).split()
    if words[0] != sys.executable:
        words[0] = os.path.join(os.path.dirname(sys.executable), words[0])
    server = subprocess.Popen(words, start_new_session=True)
    try:
        _wait_for_port()
        at_rest = memory(server.pid)
        speed, p99 = load()
        row = [speed, p99, f"{at_rest:.0f}", f"{memory(server.pid):.0f}"]
        for kind, connections in (("headers", 300), ("body", 40), ("body", 300)):
            outcome = attack(kind, connections, PORT)
            row.append(
                f"{outcome.answered:.0%}, p95 {outcome.p95:.0f} ms, {outcome.still_open} open"
            )
        return row
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
        time.sleep(1)


def load() -> tuple[str, str]:
    """Return requests a second and the 99th percentile, median of three runs by wrk."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return "wrk is missing", ""
    runs = []
    subprocess.run([wrk, "-t1", "-c8", "-d2s", f"http://127.0.0.1:{PORT}/"], capture_output=True)
    for _ in range(3):
        out = subprocess.run(
            [wrk, "-t1", "-c8", "-d4s", "--latency", f"http://127.0.0.1:{PORT}/"],
            capture_output=True,
            text=True,
        ).stdout
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
        p99 = re.search(r"99%\s+(\S+)", out)[1]
        errors = re.search(r"Socket errors:.*", out)
        runs.append((rate, p99 + (" " + errors[0] if errors else "")))
    rate, p99 = sorted(runs)[1]
    return f"{rate:,.0f}", p99


def memory(pid: int) -> float:
    """Return the memory of a process and all its children in MB, shared pages counted once (PSS)."""
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(each.memory_full_info().pss for each in family) / 1e6


def _wait_for_port() -> None:
    """Wait until the server listens, at most ten seconds."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", PORT)) == 0:
                time.sleep(1)
                return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


if __name__ == "__main__":
    main()
