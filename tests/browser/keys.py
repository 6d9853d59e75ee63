"""What a person without a mouse meets: where the keyboard's focus is, and how Tab moves it."""

from __future__ import annotations

import re

from playwright.sync_api import Page


def focused(page: Page) -> str:
    """Say what the keyboard's focus is on, inside components too."""
    return str(
        page.evaluate(
            """() => {
              let on = document.activeElement;
              while (on.shadowRoot && on.shadowRoot.activeElement) on = on.shadowRoot.activeElement;
              return `${on.tagName} ${on.getAttribute('aria-label') || on.innerText || ''}`;
            }"""
        )
    )


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is on something whose name matches."""
    for _ in range(160):
        page.keyboard.press("Tab")
        if re.search(wanted, focused(page)):
            return
    raise AssertionError(f"160 times Tab never reached {wanted}; now on {focused(page)}")


def pick(page: Page, name: str) -> None:
    """Type a name into the list that has the focus and take it."""
    page.keyboard.type(name)
    page.get_by_role("option", name=name, exact=True).wait_for()
    page.keyboard.press("Enter")


def ready_for_keys(page: Page) -> None:
    """Wait until the page hears keys, and what it shows could be read: earlier ones do not count.

    On a busy machine the script that hears them comes some time after the page.
    """
    page.locator("html[data-keys=heard]").wait_for(state="attached")
    page.wait_for_timeout(600)
