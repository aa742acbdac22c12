"""Start a web server of one process twice on one port: `python -m bench.twice waitress 8149`."""

from __future__ import annotations

import os
import socket
import sys

from bench.control import app


def main() -> None:
    """Listen once, become two processes, serve in both."""
    name, port = sys.argv[1], int(sys.argv[2])
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(1024)
    if name == "waitress":
        from waitress import create_server  # noqa: PLC0415

        os.fork()
        create_server(app, sockets=[listening], threads=4, connection_limit=1000).run()
    else:
        from cheroot.wsgi import Server  # noqa: PLC0415

        listening.close()
        os.fork()
        Server(("127.0.0.1", port), app, numthreads=10, reuse_port=True).start()


if __name__ == "__main__":
    main()
