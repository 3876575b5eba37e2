"""Sold out: an apology, substitutes as a question, and word when it is back (S4 tip 3)."""

from dataclasses import replace
from datetime import timedelta

from tests.made_shop import in_language, make_shop
from tests.play import LANGUAGES, OpenShop, Play, numbers
from tests.stories.goods import asks_for

SEE = {"zh": "看这款", "zh_hant": "看這款", "en": "Show me this one"}
NOTIFY = {"zh": "有货通知我", "zh_hant": "有貨通知我", "en": "Tell me when it's back"}
NO = {"zh": "不用了", "zh_hant": "不用了", "en": "No, thanks"}


async def test_the_nearest_in_stock_are_offered_as_a_question(play: Play) -> None:
    """Sold out brings an apology, the sister first and then the like, each with the difference, a photo, and buttons."""
    made = play.made
    gone, sister, cousin = made.sold_out, made.sister, made.cousin
    for language in LANGUAGES:
        heard = await asks_for(play, play.buyer(language), gone, language)
        sorry, *offers, question = heard.text.split("\n")[1:]
        assert in_language(language, "不好意思", "I'm sorry") in sorry
        assert gone.named(language) in sorry
        first, second = (line for line in offers if line[0] in "①②")
        assert sister.shade(language) in first
        assert in_language(language, "价格一样", "same price") in first
        assert sister.size in first
        assert cousin.named(language) in second
        assert cousin.price in numbers(second)
        assert abs(cousin.price - gone.price) in numbers(second)
        cheaper = cousin.price < gone.price
        assert in_language(language, "便宜" if cheaper else "贵", "less" if cheaper else "more") in second
        assert in_language(language, cousin.material, cousin.material_en) in second or cousin.material == gone.material
        assert in_language(language, cousin.guarantee, cousin.guarantee_en) in second
        assert question[-1] in "?？"
        assert heard.photos == sister.pictures
        assert heard.buttons == [[SEE[language] + mark for mark in (" ①", " ②") if language == "en"] or [SEE[language] + mark for mark in "①②"], [NOTIFY[language], NO[language]]]  # fmt: skip
        again = await asks_for(play, play.buyer(language), gone, language)
        assert again.text == heard.text


async def test_only_what_is_there_is_offered(open_shop: OpenShop) -> None:
    """Never more than three, never one that is sold out or unknown, never the thing itself; ties go by likeness and price."""
    made = make_shop()
    like = [
        replace(made.cousin, sku=f"L{n}", title=f"{made.cousin.title}{n}", title_en=f"{made.cousin.title_en} {n}",
                price=made.sold_out.price + 10 * n, stock=stock, photos="")
        for n, stock in ((1, "0"), (2, ""), (3, "7"), (4, "7"))
    ]  # fmt: skip
    made = replace(made, more=tuple(like))
    play = await open_shop(made=made)
    for language in LANGUAGES:
        heard = await asks_for(play, play.buyer(language), made.sold_out, language)
        lines = [line for line in heard.text.split("\n") if line[0] in "①②③④"]
        assert len(lines) == 3
        assert made.sister.shade(language) in lines[0]
        assert not any(
            f"{like[0].named(language)} ·" in line or f"{like[1].named(language)} ·" in line for line in lines
        )
        assert not any(
            made.sold_out.named(language) in line and made.sold_out.shade(language) in line for line in lines
        )
        offered = [one for line in lines[1:] for one in (made.cousin, *like) if f"{one.named(language)} ·" in line]
        nearest = sorted((made.cousin, *like[2:]), key=lambda one: abs(one.price - made.sold_out.price))
        assert offered == nearest[:2]
        assert len(heard.buttons[0]) == 3


async def test_with_nothing_like_it_the_notice_is_offered(play: Play) -> None:
    """When nothing fits, the shop says so honestly and offers to tell when it is back."""
    for language in LANGUAGES:
        heard = await asks_for(play, play.buyer(language), play.made.lonely, language)
        assert in_language(language, "没有差不多的", "nothing like it") in heard.text
        assert heard.text[-1] in "?？"
        assert heard.buttons == [[NOTIFY[language], NO[language]]]


async def test_whoever_wants_the_original_only_is_offered_no_other(play: Play) -> None:
    """A buyer who wants only the original gets no substitute, then and later in this chat."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        for more, more_en in (("？只要原装的", " original only"), ("", "")):
            heard = await asks_for(play, buyer, play.made.sold_out, language, more, more_en)
            assert play.made.cousin.named(language) not in heard.text
            assert heard.photos == []
            assert heard.buttons == [[NOTIFY[language], NO[language]]]


async def test_whoever_wants_no_other_is_offered_none(play: Play) -> None:
    """ "Recommend nothing else" is heard beside the question, and by itself behind an offer; it holds from then on."""
    gone, cousin = play.made.sold_out, play.made.cousin
    for language in LANGUAGES:
        buyer = play.buyer(language)
        heard = await asks_for(play, buyer, gone, language, "？不要推荐别的", " no alternatives please")
        assert cousin.named(language) not in heard.text
        other = play.buyer(language)
        offer = await asks_for(play, other, gone, language)
        assert cousin.named(language) in offer.text
        await play.ask(other, in_language(language, "不要推荐别的", "only this one, no alternatives"))
        again = await asks_for(play, other, gone, language)
        assert cousin.named(language) not in again.text


async def test_show_me_this_one_shows_it_once(play: Play) -> None:
    """[Show me] shows the substitute with price, stock, facts and photo; a second tap or a stranger's changes nothing."""
    cousin = play.made.cousin
    for language in LANGUAGES:
        buyer, stranger = play.buyer(language), play.buyer(language, "路人")
        offer = await asks_for(play, buyer, play.made.sold_out, language)
        data = buyer.data_of(1, on=offer)
        await stranger.start()
        await stranger.hears()
        assert await stranger.presses(data)
        await stranger.hears_nothing()
        assert await buyer.taps(1, on=offer) == ""
        shown = await play.only(buyer)
        assert {cousin.price, int(cousin.stock)} <= set(numbers(shown.text))
        assert cousin.size in shown.text
        assert shown.photos == cousin.pictures
        assert await buyer.taps(1, on=offer) != ""
        await buyer.hears_nothing()
        later = await play.ask(buyer, in_language(language, "什么材质", "what is it made of?"))
        assert in_language(language, cousin.material, cousin.material_en) in later.text


async def test_no_thanks_is_taken_kindly_and_for_good(play: Play) -> None:
    """[No, thanks] gets one friendly word, and the shop does not come back to it."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        offer = await asks_for(play, buyer, play.made.sold_out, language)
        await buyer.taps(NO[language], on=offer)
        assert in_language(language, "没关系", "No problem") in (await play.only(buyer)).text
    await play.pass_time(minutes=11)
    for number in range(1, 4):
        await play.sandbox.person(id=20000 + number).hears_nothing()


async def test_everyone_who_waits_is_told_once(play: Play) -> None:
    """[Tell me] puts a buyer on the list; /stock tells each of them once, in their language, and nobody a second time."""
    gone = play.made.sold_out
    buyers = {language: play.buyer(language) for language in LANGUAGES}
    for language, buyer in buyers.items():
        offer = await asks_for(play, buyer, gone, language)
        data = buyer.data_of(NOTIFY[language], on=offer)
        await buyer.taps(NOTIFY[language], on=offer)
        noted = await play.only(buyer)
        assert gone.named(language) in noted.text
        assert await buyer.presses(data, on=offer) != ""
        await buyer.hears_nothing()
    bystander = play.buyer()
    await bystander.start()
    await bystander.hears()
    set_to = await play.command(f"/stock {gone.sku} 17")
    assert numbers(set_to.text)[-3:] == [0, 17, 3]
    await play.settled()
    for language, buyer in buyers.items():
        told = await play.only(buyer)
        assert gone.named(language) in told.text
        assert gone.shade(language) in told.text
        assert {17, gone.price} <= set(numbers(told.text))
    await play.command(f"/stock {gone.sku} 19")
    await play.pass_time(minutes=1)
    for buyer in (*buyers.values(), bystander):
        await buyer.hears_nothing()


async def test_a_stopped_or_switched_off_notice_is_not_sent(play: Play) -> None:
    """Who has said /stop, or switched the restock notices off, is not told; the others are."""
    gone = play.made.lonely
    stopped, switched, waiting = (play.buyer() for _ in range(3))
    for buyer in (stopped, switched, waiting):
        offer = await asks_for(play, buyer, gone, "zh")
        await buyer.taps("有货通知我", on=offer)
        await buyer.hears()
    await play.ask(stopped, "/stop")
    menu = await play.ask(switched, "/notify")
    await switched.taps("到货通知", on=menu)
    await play.command(f"/stock {gone.sku} 5")
    await play.settled()
    assert gone.title in (await play.only(waiting)).text
    await stopped.hears_nothing()
    await switched.hears_nothing()


async def test_news_waits_quietly_where_the_bot_is_off_and_a_person_wrote_long_ago(play: Play) -> None:
    """Switched off by hand, the bot says nothing there, not even news; what is held back is looked at again in an hour, and
    not without end."""
    gone = play.made.sold_out
    buyer = play.buyer()
    await buyer.taps("有货通知我", on=await asks_for(play, buyer, gone, "zh"))
    await buyer.hears()
    await play.command(f"/take {buyer.id}")
    await play.command(f"/bot off {buyer.id}")
    await play.pass_time(hours=13)
    await play.command(f"/stock {gone.sku} 5")
    await play.settled()
    await buyer.hears_nothing()
    *_, row = await play.store.sent.recent(buyer.id, "", timedelta(days=1))
    assert (row.kind, row.status) == ("push", "pending")
    assert row.not_before is not None
    assert row.not_before > play.clock.now()
    await play.command(f"/bot on {buyer.id}")
    await play.pass_time(hours=1)
    assert gone.title in (await play.only(buyer)).text


async def test_too_few_for_what_is_wanted(play: Play) -> None:
    """When fewer are there than wanted, the shop says how many and offers what there is enough of."""
    sister = play.made.sister
    wanted = int(sister.stock) + 2
    for language in LANGUAGES:
        heard = await play.ask(
            play.buyer(language),
            in_language(
                language,
                f"{sister.title}{sister.variant}有货吗，要{wanted}件",
                f"are {wanted} pieces of the {sister.title_en} in {sister.variant_en} in stock?",
            ),
        )
        assert {int(sister.stock), wanted} <= set(numbers(heard.text)), heard.text
        offered = [line for line in heard.text.split("\n") if f"{play.made.cousin.named(language)} ·" in line]
        assert bool(offered) is (int(play.made.cousin.stock) >= wanted), heard.text
