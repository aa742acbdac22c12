import asyncio, io, sys
from concurrent.futures import ThreadPoolExecutor
from bench.control import app as wsgi

pool = ThreadPoolExecutor(4)
BASE = {
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "SCRIPT_NAME": "",
    "wsgi.input_terminated": True,
}
from urllib.parse import unquote_to_bytes


def run(env):
    out = []

    def start(status, headers, exc=None):
        out[:] = [status, headers]

    it = wsgi(env, start)
    try:
        body = b"".join(it)
    finally:
        c = getattr(it, "close", None)
        if c:
            c()
    return int(out[0][:3]), out[1], body


async def app(scope, proto):
    body = b""
    if scope.method not in ("GET", "HEAD"):
        parts = []
        async with asyncio.timeout(20):
            async for c in proto:
                parts.append(c)
        body = b"".join(parts)
    env = dict(BASE)
    env["REQUEST_METHOD"] = scope.method
    env["PATH_INFO"] = scope.path
    env["QUERY_STRING"] = scope.query_string
    env["SERVER_PROTOCOL"] = "HTTP/" + scope.http_version
    env["wsgi.url_scheme"] = scope.scheme
    env["SERVER_NAME"], _, env["SERVER_PORT"] = scope.server.rpartition(":")
    env["REMOTE_ADDR"] = scope.client.rpartition(":")[0]
    for k, v in scope.headers.items():
        k = k.upper().replace("-", "_")
        env[k if k in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + k] = v
    if scope.authority:
        env.setdefault("HTTP_HOST", scope.authority)
    env["wsgi.input"] = io.BytesIO(body)
    s, h, b = await asyncio.get_running_loop().run_in_executor(pool, run, env)
    proto.response_bytes(s, h, b)
