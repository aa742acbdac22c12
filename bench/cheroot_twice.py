import os, sys
from cheroot.wsgi import Server
from bench.control import app

os.fork()
Server(("127.0.0.1", int(sys.argv[1])), app, numthreads=10, reuse_port=True).start()
