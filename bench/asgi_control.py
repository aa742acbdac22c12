from a2wsgi import WSGIMiddleware
from bench.control import app as wsgi

app = WSGIMiddleware(wsgi)
