"""A parcel's way as it is seen on the sandbox page: shipped by hand, the clock moved by its buttons, each step in the buyer's pane."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox import Person
from tests.browser import needs_a_browser, opened, say
from tests.made_shop import in_language
from tests.play import LANGUAGES, OpenShop, Play

pytestmark = needs_a_browser
NUMBER = "SB12345671"


@pytest.fixture
async def play(open_shop: OpenShop) -> Play:
    """A shop whose parcels move with the clock; no phone rings between 23:00 and 08:00."""
    return await open_shop(has_sandbox_carrier=True)


@pytest.fixture
async def page(play: Play) -> AsyncIterator[Page]:
    """The page of the shop; an error in its script fails the test."""
    async with opened(play.sandbox.base_url, 1180, 760) as page:
        yield page


async def moves(play: Play, page: Page, button: str) -> None:
    """A button of the page moves the clock; what is due then is done."""
    now = page.locator("#now")
    before = await now.inner_text()
    await page.get_by_role("button", name=button, exact=True).click()
    await expect(now).not_to_have_text(before)
    await play.running.schedule.run_due()
    await play.settled()


async def order_by_hand(play: Play, seller: Locator, buyer: Person) -> str:
    """The seller makes an order, marks it paid and ships it, all typed on the page."""
    await say(seller, f"/order new {buyer.id} {play.made.plenty.sku}")
    made = seller.get_by_text(re.compile(r"订单 \d{10}")).first
    await expect(made).to_be_visible()
    number = re.search(r"\d{10}", await made.inner_text())
    assert number
    await say(seller, f"/order {number[0]} paid")
    await expect(seller.get_by_text(f"订单 {number[0]} 收款了")).to_be_visible()
    await say(seller, f"/ship {number[0]} {play.made.carrier[1]} {NUMBER}")
    return number[0]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_buyers_pane_shows_every_step(play: Play, page: Page, language: str) -> None:
    """On its way, out for delivery, delivered with thanks; nothing by night; [there is a problem] is on the seller's card."""
    buyer = play.buyer(language, "小林")
    await buyer.start()
    await buyer.says(in_language(language, "在吗", "hello"))
    await play.settled()
    buyers, seller = page.locator("#buyers"), page.locator("#sellers")
    await page.get_by_role("tab", name="小林").first.click()
    await order_by_hand(play, seller, buyer)
    await expect(buyers.get_by_text(NUMBER).first).to_be_visible()
    news = {
        "zh": ("在路上了", "正在给您送", "签收了"),
        "zh_hant": ("在路上了", "正在給您送", "簽收了"),
        "en": ("is travelling", "out for delivery", "has been delivered"),
    }[language]
    await moves(play, page, "+12 h")  # 22:00
    await expect(buyers.get_by_text(news[0])).to_be_visible()
    await moves(play, page, "+12 h")  # 10:00
    await moves(play, page, "+12 h")  # 22:00, half a day before the last step
    await expect(buyers.get_by_text(news[1])).to_be_visible()
    for _ in range(2):  # to 00:00: it is night
        await moves(play, page, "+1 h")
    await play.command(f"/parcel {NUMBER} 签收")
    assert await buyers.get_by_text(news[2]).count() == 0
    await moves(play, page, "→ 09:00")
    await expect(buyers.get_by_text(news[2])).to_be_visible()
    await buyers.get_by_role("button", name=in_language(language, "有问题", "There is a problem")).click()
    await expect(buyers.get_by_text(in_language(language, "很抱歉", "I'm sorry"))).to_be_visible()
    await expect(seller.get_by_text(re.compile(f"{NUMBER}.*"))).not_to_have_count(0)
    assert any("投诉" in one.text and NUMBER in one.text for one in await play.cards())
