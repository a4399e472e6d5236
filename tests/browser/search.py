"""The search dialog, as a reader with a keyboard opens it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect


def open_search(page: Page) -> Any:
    """Open the dialog and return its field, which has the focus."""
    page.keyboard.press("Control+k")
    field = page.locator(".bp-search input")
    expect(field).to_be_focused()
    return field
