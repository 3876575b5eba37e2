"""The model made anew with what was taught: beside the old one, tried first, and used only when it loses nothing."""

from pathlib import Path

import pytest

from core.asks import Phrase
from minds import Learning
from tests.play import Play

PRICE = (
    "多少钱",
    "什么价格",
    "这个多少钱",
    "多少钱一个",
    "价格多少",
    "啥价",
    "怎么卖",
    "卖多少",
    "报个价",
    "几块钱",
    "啥价格呀",
    "价钱多少",
)
STOCK = (
    "有货吗",
    "还有吗",
    "有没有货",
    "现货吗",
    "有现货吗",
    "还有货没",
    "库存有吗",
    "能拍吗",
    "没货了吗",
    "货还有吗",
    "现在有货不",
    "有不有货",
)
OTHER = ("好的", "嗯嗯", "知道了", "收到", "没事", "算了", "哈哈", "可以", "行", "好滴", "明白了", "我看看")
DROPSHIP = (
    "能代发吗",
    "支持代发不",
    "代发怎么弄",
    "可以代发么",
    "一件代发吗",
    "帮忙代发吗",
    "代发收费吗",
    "代发要多久",
    "接不接代发",
    "做代发吗",
)


@pytest.fixture
def phrases(tmp_path: Path) -> Path:
    """A small folder of phrases, so that learning takes a moment."""
    folder = tmp_path / "phrases"
    (folder / "zh").mkdir(parents=True)
    for ask, lines in (("price", PRICE), ("stock", STOCK), ("other", OTHER)):
        (folder / "zh" / f"{ask}.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


async def learning(play: Play, phrases: Path) -> Learning:
    """The shop's understanding, made of these phrases and what its seller taught."""
    made = Learning(play.running.desk, play.folder / "shop.db", use_encoder=False, phrases=phrases)
    await made.whole()
    return made


async def test_taught_lines_are_learnt_by_the_model(play: Play, phrases: Path) -> None:
    """Eight lines and more make an ask of the model's; the table tells what was won; a restart finds the model made."""
    desk = play.running.desk
    mind = await learning(play, phrases)
    for line in DROPSHIP:
        await play.command(f"/teach own:代发 {line}")
    before = desk.shelf.mind
    assert before is not None
    assert "own:代发" not in before.model.asks
    await play.store.write([play.store.labelled.add("代发么", "own:代发", play.clock.now(), None)])
    await play.cards()
    await mind.again()
    assert desk.shelf.mind is not None
    assert "own:代发" in desk.shelf.mind.model.sure_of
    assert all(one.learnt_at is not None for one in await play.store.phrases.lines())
    kept = desk.shelf.mind
    await mind.again()
    assert desk.shelf.mind is kept
    again = await learning(play, phrases)
    assert "own:代发" in desk.shelf.mind.model.sure_of
    await again.again()
    await play.command("/unteach 能代发吗")
    await desk.shelf.fresh(at_once=True)
    await again.again()
    assert "能代发吗" not in desk.shelf.mind.model.examples


@pytest.mark.parametrize("tap", ["照样教", "收回这几句"])
async def test_a_model_that_loses_is_not_used_until_the_seller_says_so(play: Play, phrases: Path, tap: str) -> None:
    """Lines that would spoil another ask are kept out of the model, with a table and two buttons; they wait over a restart."""
    desk = play.running.desk
    mind = await learning(play, phrases)
    now = play.clock.now()
    for line in ("多少钱呀", "价格多少呀", "卖多少呀", "这个啥价", "怎么卖呀", "几块钱呀"):
        await play.store.write([play.store.labelled.add(line, "price", now, None)])
    spoiling = [f"{line}{end}" for line in PRICE for end in ("嘞咧", "喽喂", "嗬哟", "哩呦")]
    for line in spoiling:
        await play.store.write(play.store.phrases.teach(Phrase(line, "stock", "zh", origin="taught"), "import", now))
    await desk.shelf.fresh(at_once=True)
    before = desk.shelf.mind
    await play.cards()
    await mind.again()
    assert desk.shelf.mind is before
    card = await play.card()
    assert "还没有换上" in card.text
    assert "价格：6 句，答对 6 →" in card.text
    await mind.again()
    assert await play.cards() == []
    again = await learning(play, phrases)
    await again.again()
    assert await play.cards() == []
    await play.owner.taps(tap, on=card)
    await card.reads("照样教" if tap == "照样教" else "已撤销")
    await desk.shelf.fresh(at_once=True)
    await again.again()
    assert desk.shelf.mind is not None
    assert (spoiling[1] in desk.shelf.mind.model.examples) is (tap == "照样教")
    assert bool(await play.store.phrases.taught()) is (tap == "照样教")
