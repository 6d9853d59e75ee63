"""Where the keyboard's focus goes when the button that was pressed is gone.

A browser drops it to the top of the page, so that whoever works through a list without a mouse
would begin anew after every answer. The script is beside this module.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import streamlit as st

ASKED: Final = "focus_asked"


def after(places: Sequence[str], act: Callable[..., object], *args: object) -> None:
    """Run ``act`` as a button's callback; where its button is gone then, go to one of ``places``.

    ``places``: keys of containers; of the first that is on the page then, the first button.
    """
    _ask(places, stays=False)
    act(*args)


def onto(places: Sequence[str], act: Callable[..., object], *args: object) -> None:
    """Run ``act`` as the callback of a button that stays, and go to one of ``places`` all the same.

    So what was recorded is read out after a form was sent.
    """
    _ask(places, stays=True)
    act(*args)


def back(places: Sequence[str], key: str) -> None:
    """Bring the focus to one of ``places`` where what had it is gone; ``key`` of what does so."""
    _ask(places, stays=False)
    settle(key)


def _ask(places: Sequence[str], *, stays: bool) -> None:
    asked = str(time.time_ns())
    st.session_state[ASKED] = {"keys": list(places), "asked": asked, "stays": stays}


def settle(key: str = "focus") -> None:
    """Move the focus as the last callback asked; draw this after everything else on the page."""
    asked = st.session_state.pop(ASKED, None)
    if asked is not None:
        _component()(key=key, data=asked)


@cache
def _component() -> Any:
    script = files("verify.dashboard").joinpath("focus.js").read_text(encoding="utf-8")
    return st.components.v2.component("counterclaim_focus", html="<i></i>", js=script)
