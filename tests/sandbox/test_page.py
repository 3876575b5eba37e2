"""The page, in a real browser: what hands do there reaches the bot, and what the bot does is seen there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox import MovableClock, Sandbox
from sandbox.pictures import plain
from tests.browser import needs_a_browser, opened

CONTRASTS = """() => {
  const rgba = (text) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => top.slice(0, 3).map((one, i) => one * top[3] + below[i] * (1 - top[3]));
  const behind = (node) => {
    if (!node) return [255, 255, 255];
    const own = rgba(getComputedStyle(node).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, behind(node.parentElement));
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => one / 255).map((one) => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const weak = [];
  for (const node of document.querySelectorAll("header *, .tabs *, .phone *")) {
    if (!node.offsetParent || ![...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim())) continue;
    const back = behind(node);
    const [a, b] = [light(over(rgba(getComputedStyle(node).color), back)), light(back)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5 && getComputedStyle(node).opacity === "1" && !node.closest(".acts")) weak.push(`${node.className || node.tagName} ${node.textContent.slice(0, 20)} ${ratio.toFixed(2)}`);
  }
  return weak;
}"""
"""Texts whose contrast with what lies behind them is less than 4.5 to 1."""

pytestmark = needs_a_browser


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[Page]:
    """The page of a sandbox with a seller, in an empty browser; an error in its script fails the test."""
    sandbox.seller(id=1)
    async with opened(sandbox.base_url, 1280, 800) as page:
        yield page


async def _add_buyer(page: Page, name: str, language: str = "zh-hans") -> None:
    await page.get_by_role("button", name="Add buyer").click()
    await page.get_by_label("名字 Name").fill(name)
    await page.get_by_label("语言 Language").select_option(language)
    await page.get_by_role("button", name="添加 Add").click()
    await expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")


@pytest.mark.usefixtures("echo")
async def test_a_buyer_is_added_and_talks(page: Page, sandbox: Sandbox) -> None:
    """Add a buyer, start, say something, see the answer with its button, tap it, see the toast and the edit."""
    await _add_buyer(page, "小林")
    buyers = page.locator("#buyers")
    await buyers.get_by_role("button", name="开始 Start").click()
    await expect(buyers.get_by_text("start", exact=True)).to_be_visible()
    await buyers.get_by_label("写点什么 Write a message").fill("亚麻 <i>窗帘</i> 有货吗")
    await buyers.get_by_label("写点什么 Write a message").press("Enter")
    button = buyers.get_by_role("button", name="要 yes")
    await expect(button).to_be_visible()
    await button.click()
    await expect(buyers.get_by_role("status")).to_have_text("好的")
    await expect(buyers.get_by_text("已选")).to_be_visible()
    await expect(buyers.get_by_text("已编辑 edited")).to_be_visible()
    assert await buyers.locator(".text i").count() == 0


async def test_the_clock_is_moved(page: Page, clock: MovableClock) -> None:
    """The buttons move the clock that the bot goes by too, in the shop's own time."""
    await expect(page.locator("#now")).to_contain_text("2026-11-23 周一 09:00")
    await page.get_by_role("button", name="+12 h").click()
    await expect(page.locator("#now")).to_contain_text("21:00")
    await page.get_by_role("button", name="→ 09:00").click()
    await expect(page.locator("#now")).to_contain_text("2026-11-24 周二 09:00")
    await page.get_by_label("跳到 Jump to").fill("2026-11-25T16:41")
    await page.get_by_role("button", name="跳到 Go").click()
    await expect(page.locator("#now")).to_contain_text("2026-11-25 周三 16:41")
    assert clock.now().isoformat() == "2026-11-25T08:41:00+00:00"


async def test_markup_is_drawn_and_never_run(page: Page, sandbox: Sandbox, bot: Bot) -> None:
    """Entities become tags by their UTF-16 offsets; whatever looks like HTML in a text stays text."""
    buyer = sandbox.person("小林")
    await buyer.says("<img src=x onerror=alert(1)>")
    await bot.send_message(buyer.id, "😀 <b>粗 <i>斜</i></b> &lt;script&gt;", parse_mode="HTML")
    chat = page.locator("#buyers .chat")
    await expect(chat.locator(".text b")).to_have_text("粗 斜")
    await expect(chat.locator(".text b i")).to_have_text("斜")
    await expect(chat.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    await expect(chat.get_by_text("<script>")).to_be_visible()
    assert await chat.locator("img, script").count() == 0


async def test_a_picture_and_a_file_are_sent(page: Page, sandbox: Sandbox, tmp_path: Path) -> None:
    """Pictures go out as photos, anything else as a document, with the line as caption."""
    buyer = sandbox.person("小林")
    await buyer.start()
    picture, sheet = tmp_path / "a.png", tmp_path / "catalogue.csv"
    picture.write_bytes(plain(64, 48))
    sheet.write_text("sku,title,price\n")
    buyers = page.locator("#buyers")
    await buyers.get_by_label("写点什么 Write a message").fill("这个")
    await buyers.locator(".file").set_input_files(picture)
    await expect(buyers.locator(".media img")).to_be_visible()
    await buyers.locator(".file").set_input_files(sheet)
    await expect(buyers.get_by_text("catalogue.csv")).to_be_visible()
    assert buyer.transcript().splitlines()[1:] == ["小林: [photo: a.png] 这个", "小林: [document: catalogue.csv]"]


async def test_the_menu_shows_this_persons_commands(page: Page, sandbox: Sandbox, bot: Bot) -> None:
    """The list of a person's own language and scope, put into the line when chosen."""
    await bot.set_my_commands([BotCommand("order", "Find my order")])
    await bot.set_my_commands([BotCommand("order", "查我的订单")], language_code="zh")
    await sandbox.person("Tom", "en").start()
    await page.get_by_role("tab", name="Tom").click()
    buyers = page.locator("#buyers")
    await buyers.get_by_label("命令 Commands").click()
    await buyers.get_by_role("button", name="/order Find my order").click()
    await expect(buyers.get_by_label("写点什么 Write a message")).to_have_value("/order ")


async def test_blocking_and_typing_are_seen(page: Page, sandbox: Sandbox, bot: Bot) -> None:
    """A chat action shows as typing; a block stops the person from writing until they restart."""
    buyer = sandbox.person("小林")
    await buyer.start()
    await bot.send_chat_action(buyer.id, "typing")
    buyers = page.locator("#buyers")
    await expect(buyers.get_by_text("typing…")).to_be_visible()
    await buyers.get_by_role("button", name="屏蔽 Block").click()
    await expect(buyers.get_by_role("button", name="重新开始 Restart")).to_be_visible()
    assert buyer.account.blocked


async def test_a_narrow_page_shows_one_side_at_a_time(page: Page, sandbox: Sandbox, bot: Bot) -> None:
    """On a phone one side fills the screen, the other is a tap away with its count, and nothing sticks out sideways."""
    await sandbox.person("小林").start()
    await sandbox.seller(id=1).start()
    await sandbox.person("Wolfeschlegelsteinhausenbergerdorff").start()
    await page.set_viewport_size({"width": 360, "height": 740})
    await expect(page.locator("#buyers .phone")).to_be_in_viewport(ratio=1)
    await expect(page.locator("#sellers .phone")).to_be_hidden()
    await bot.send_message(1, "😀" * 200 + "x" * 300)
    await expect(page.get_by_role("button", name="店主 Seller")).to_contain_text("1")
    await page.get_by_role("button", name="店主 Seller").click()
    await expect(page.locator("#sellers .phone")).to_be_in_viewport(ratio=1)
    await expect(page.locator("#buyers .phone")).to_be_hidden()
    await expect(page.get_by_role("button", name="店主 Seller")).to_have_attribute("aria-pressed", "true")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_commands_and_links_to_the_bot_are_tapped(page: Page, sandbox: Sandbox, bot: Bot) -> None:
    """A command in a text is sent by a tap, a link to this bot presses START with what it carries, another opens."""
    buyer = sandbox.person("小林")
    await buyer.start()
    await bot.send_message(
        buyer.id, f"发 /human ，或者打开 t.me/{bot.username}?start=account 看看 https://example.com/a"
    )
    buyers = page.locator("#buyers")
    await buyers.get_by_role("button", name="/human").click()
    await buyers.get_by_role("link", name="start=account").click()
    await expect(buyers.get_by_text("/start account")).to_be_visible()
    assert buyer.transcript().splitlines()[-2:] == ["小林: /human", "小林: /start account"]
    outside = buyers.get_by_role("link", name="example.com")
    assert await outside.get_attribute("href") == "https://example.com/a"


async def test_the_newest_line_stays_in_sight(page: Page, sandbox: Sandbox, bot: Bot) -> None:
    """Who reads the newest line keeps it as more come; who has scrolled up stays there, and a button leads back."""
    buyer = sandbox.person("小林")
    await buyer.start()
    for number in range(30):
        await bot.send_message(buyer.id, f"line {number}\n" * 4)
    buyers = page.locator("#buyers")
    await expect(buyers.get_by_text("line 29").first).to_be_in_viewport()
    await buyers.locator(".chat").evaluate("chat => chat.scrollTo(0, 0)")
    back = buyers.get_by_role("button", name="到最新一条")
    await expect(back).to_be_visible()
    await bot.send_message(buyer.id, "the very last")
    await expect(buyers.get_by_text("the very last")).not_to_be_in_viewport()
    await back.click()
    await expect(buyers.get_by_text("the very last")).to_be_in_viewport()
    await expect(back).to_be_hidden()


async def test_rows_of_tabs_are_walked_by_arrow_keys(page: Page, sandbox: Sandbox) -> None:
    """The tabs are one stop of the Tab key; arrows walk along them and Enter chooses."""
    sandbox.person("小林")
    sandbox.person("Tom", "en")
    tabs = page.locator("#buyers .tabs")
    await tabs.get_by_role("tab", name="小林").focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await expect(tabs.get_by_role("tab", name="Tom")).to_have_attribute("aria-selected", "true")
    await expect(tabs.get_by_role("tab", name="Tom")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_can_be_read_in_light_and_dark(page: Page, sandbox: Sandbox, bot: Bot, scheme: str) -> None:
    """Every text stands out from what lies behind it, 4.5 to 1 as WCAG asks."""
    buyer = sandbox.person("小林")
    await buyer.start()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("要 yes", callback_data="yes")]])
    await bot.send_message(buyer.id, "看 /help 和 <code>A-1</code>", parse_mode="HTML", reply_markup=keyboard)
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    await expect(page.locator("#buyers").get_by_role("button", name="要 yes")).to_be_visible()
    weak = await page.evaluate(CONTRASTS)
    assert weak == []
