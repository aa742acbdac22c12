import os, socket, sys
from waitress import create_server
from bench.control import app

port, threads = int(sys.argv[1]), int(sys.argv[2])
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", port))
s.listen(1024)
os.fork()
create_server(app, sockets=[s], threads=threads, connection_limit=1000).run()
