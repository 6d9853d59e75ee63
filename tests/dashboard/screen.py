"""A page of the desk as a test sees it: what it says, its fields and buttons."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import ENTRY
from verify.dashboard import addresses

SECONDS = 20


class Screen:
    """One page, drawn without a browser; components of our own are not drawn."""

    def __init__(self, name: str, **query: str) -> None:
        self.test = AppTest.from_file(str(ENTRY), default_timeout=SECONDS)
        for key, value in query.items():
            self.test.query_params[key] = value
        self.test.switch_page(str(addresses.file(name)))
        self.run()

    @property
    def html(self) -> str:
        """Everything drawn by `st.html`."""
        return "\n".join(element.proto.body for element in self.test.get("html"))

    @property
    def words(self) -> str:
        """All text on the page, without markup."""
        texts = [str(text.value) for text in self.test.get("text")]
        texts += [element.proto.text for element in self.test.get("progress")]
        return "\n".join([unescape(re.sub(r"<[^>]*>", "\n", self.html)), *texts])

    @property
    def heading_levels(self) -> list[int]:
        """Levels of the headings, in order."""
        return [int(level) for level in re.findall(r"<h(\d)", self.html)]

    def has(self, button: str) -> bool:
        return any(one.key == button for one in self.test.button)

    def press(self, button: str) -> None:
        self.test.button(key=button).click()
        self.run()

    def write(self, field: str, text: str) -> None:
        self.test.text_input(key=field).set_value(text)

    def fill(self, field: str, value: str) -> None:
        """Choose in a form, which is sent later."""
        self.test.selectbox(key=field).set_value(value)

    def choose(self, field: str, value: str | None) -> None:
        self.test.selectbox(key=field).set_value(value)
        self.run()

    def pick(self, field: str, values: list[str]) -> None:
        self.test.button_group(key=field).set_value(values)
        self.run()

    def turn(self, field: str, value: str) -> None:
        """Turn a switch, of which one part is always on."""
        self.test.button_group(key=field).set_value(value)
        self.run()

    def switch(self, field: str) -> None:
        toggle = self.test.toggle(key=field)
        toggle.set_value(not toggle.value)
        self.run()

    def remember(self, **state: Any) -> None:
        for name, value in state.items():
            self.test.session_state[name] = value

    def run(self) -> None:
        self.test.run()
        assert not self.test.exception, self.test.exception
