"""A newcomer's morning on the sandbox page: connect the account, make the inbox group, answer buyers in both."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser import needs_a_browser, opened, say
from tests.play import Play

pytestmark = needs_a_browser


@pytest.fixture
async def page(play: Play) -> AsyncIterator[Page]:
    """The page of a shop at work; an error in its script fails the test."""
    async with opened(play.sandbox.base_url, 1180, 760) as page:
        yield page


async def test_the_account_is_connected_and_answered_in(play: Play, page: Page) -> None:
    """A button connects it; the buyer writes to the seller in person, the bot answers, the seller types and has the last word."""
    buyer = play.buyer(name="小林")
    buyers, seller = page.locator("#buyers"), page.locator("#sellers")
    await seller.get_by_role("button", name="Connect").click()
    await page.get_by_role("button", name="接上 Connect").click()
    await expect(seller.get_by_text("已接上")).to_be_visible()
    await buyers.get_by_role("tab", name="in person").click()
    await say(buyers, "怎么保修")
    await expect(buyers.get_by_text(f"{play.made.warranty_months} 个月")).to_be_visible()
    await seller.locator(".places").get_by_role("tab", name="小林").click()
    await expect(seller.get_by_text("机器人代您答的")).to_be_visible()
    await say(seller, "我来说")
    await expect(buyers.get_by_text("我来说")).to_be_visible()
    await say(buyers, "能退吗")
    await expect(seller.get_by_text("能退吗")).to_be_visible()
    await play.settled()
    assert [one.text for one in await play.store.messages.history(buyer.id)][-1] == "能退吗"
    await seller.get_by_role("button", name="Disconnect").click()
    await expect(seller.get_by_role("button", name="Connect", exact=False)).to_be_visible()


async def test_the_inbox_is_made_and_worked_in(play: Play, page: Page) -> None:
    """A button makes the group; each buyer gets a topic, where an answer is written, and which is closed and opened again."""
    buyer = play.buyer(name="王姐")
    buyers, seller = page.locator("#buyers"), page.locator("#sellers")
    await seller.get_by_role("button", name="Inbox").click()
    await page.get_by_role("button", name="建群 Make the group").click()
    await expect(seller.get_by_text("收件箱设好了")).to_be_visible()
    await buyer.says("转人工")
    await seller.locator(".places").get_by_role("tab", name="王姐").click()
    await expect(seller.locator(".pinned")).to_contain_text(str(buyer.id))
    await say(seller, "// 老客户")
    await say(seller, "王姐您好")
    await expect(buyers.get_by_text("王姐您好")).to_be_visible()
    assert await buyers.get_by_text("老客户").count() == 0
    await seller.get_by_role("button", name="关闭话题 Close").click()
    await expect(seller.get_by_role("button", name="重新打开 Reopen")).to_be_visible()
    await say(buyers, "怎么保修")
    await expect(buyers.get_by_text("怎么保修")).to_be_visible()
    await play.settled()
    assert "保修" not in (await buyer.hears_all())[-1].text
    await seller.get_by_role("button", name="重新打开 Reopen").click()
    await expect(seller.get_by_text("怎么保修")).to_be_visible()


async def test_a_newcomer_sets_the_shop_up_in_the_page(open_shop: Callable[..., Awaitable[Play]]) -> None:
    """From an empty shop: /setup with one name typed and five taps, the catalogue sent, and a buyer is answered.

    Seven messages and eight taps are a minute at four seconds each, of the two that are promised.
    """
    play = await open_shop(stocked=False)
    _, catalogue = play.made.write(play.folder)
    async with opened(play.sandbox.base_url, 1180, 760) as page:
        buyers, seller = page.locator("#buyers"), page.locator("#sellers")
        await say(seller, "/setup")
        await expect(seller.get_by_text("(1/6)")).to_be_visible()
        await say(seller, "南山茶铺")
        for place, answer in enumerate(("北京时间", "09:00-22:00", "17:00", "中通快递", "中文、英文"), start=2):
            await expect(seller.get_by_text(f"({place}/6)")).to_be_visible()
            await seller.locator(".line").last.get_by_role("button", name=answer, exact=True).click()
        await expect(seller.get_by_text("店可以开门了")).to_be_visible()
        await seller.locator(".file").set_input_files(catalogue)
        await seller.get_by_role("button", name="确认导入").click()
        await expect(seller.get_by_text("导入好了")).to_be_visible()
        play.buyer(name="王姐")
        await buyers.get_by_role("button", name="开始 Start").click()
        await say(buyers, "几点下班")
        await expect(buyers.get_by_text("22:00")).to_be_visible()
        await seller.get_by_role("link", name="点这里把我拉进去").click()
        await page.get_by_role("button", name="建群 Make the group").click()
        await expect(seller.get_by_text("收件箱设好了")).to_be_visible()
    assert await play.store.catalogue.count()
