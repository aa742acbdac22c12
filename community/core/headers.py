"""The headers that protect people, on every answer."""

from __future__ import annotations

from flask import Response, request

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)

PROTECTING = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)


def protect(response: Response) -> Response:
    """Set the headers that protect people, on every response."""
    headers = response.headers
    there = {name.lower() for name in headers.keys()}  # noqa: SIM118 - without it, pairs
    for name, value in PROTECTING:
        if name.lower() not in there:
            headers.add(name, value)
    if request.is_secure and "strict-transport-security" not in there:
        headers.add("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if "cache-control" not in there:
        headers.add("Cache-Control", "private, no-cache")
    return response
