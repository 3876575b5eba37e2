"""A real browser for the sandbox page, where there is one."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from sandbox.bell import PATIENCE

CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", shutil.which("chromium")) if path and Path(path).exists()), None
)
needs_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium")
QUIETLY = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONG = 1000 * PATIENCE
"""Milliseconds. Who sees sooner waits no longer."""


@asynccontextmanager
async def opened(url: str, width: int, height: int) -> AsyncIterator[Page]:
    """A page in an empty browser; an error in its script fails the test."""
    expect.set_options(timeout=LONG)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY, timeout=2 * LONG)
        page = await browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(LONG)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        await page.goto(url)
        yield page
        await browser.close()
    assert errors == []


async def say(side: Locator, text: str) -> None:
    """Write a line on one side of the page."""
    field = side.get_by_label("写点什么 Write a message")
    await field.fill(text)
    await field.press("Enter")
