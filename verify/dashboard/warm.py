"""What the server loads before it answers, so that nobody's first click waits for it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import verify.dashboard

SCRIPTS: Final = ("verify.dashboard.entry", "verify.dashboard.pages")
"""They run for every session; to load them would be to run them."""


def modules() -> list[str]:
    """Name the modules of the desk that pages import."""
    found = pkgutil.walk_packages(verify.dashboard.__path__, "verify.dashboard.")
    return [one.name for one in found if not one.name.startswith(SCRIPTS)]


@asynccontextmanager
async def up(_app: Any) -> AsyncIterator[None]:
    """Import what pages import; the server listens once it is done, and closes its store after."""
    for name in modules():
        importlib.import_module(name)
    try:
        yield
    finally:
        from verify.dashboard import boot

        boot.close()
