"""What browsers say about themselves, in words that people know."""

from __future__ import annotations

# What browsers and systems call themselves; the first that fits is the right one.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device_of(browser: str) -> str:
    """Say which browser on which system, such as "Firefox, Android"; "" if unknown."""
    kinds = (BROWSERS, SYSTEMS)
    found = (next((name for mark, name in each if mark in browser), "") for each in kinds)
    return ", ".join(filter(None, found))
