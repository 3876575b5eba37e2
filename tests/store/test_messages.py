"""Messages: nothing said is ever overwritten, and everything can be found again."""

from datetime import datetime, timedelta

import pytest

from store import Store
from store.buyers import Buyer
from store.conversations import Conversation
from store.messages import Change, Message, Version, Who
from store.turns import Turn


async def test_a_message_comes_back_with_what_led_to_it(store: Store, now: datetime, chat: Conversation) -> None:
    """Template, asks, turn, media and ids are kept."""
    turn = Turn(chat.id, now, now)
    line = Message(chat.id, Who.BUYER, "有货吗", now, turn_id=turn.id, telegram_id=5, inbox_seq=9, album="g")
    reply = Message(
        chat.id,
        Who.BOT,
        "有货。",
        now,
        turn_id=turn.id,
        reply_to=5,
        media=[{"photo": "a.jpg"}],
        template="answer",
        asks=("stock", "ship_when"),
        outbox_id=11,
    )
    await store.write([store.turns.put(turn), *store.messages.add(line), *store.messages.add(reply)])
    assert await store.messages.history(7) == [line, reply]
    assert await store.messages.of_turn(turn.id) == [line, reply]
    assert await store.messages.by_telegram_id(chat.id, 5) == line
    assert await store.messages.by_outbox(11) == reply
    assert await store.messages.of_conversation(chat.id, now, most=1) == [reply]
    assert await store.messages.counts(now) == {Who.BUYER: 1, Who.BOT: 1}


async def test_an_edit_is_a_version_and_a_deletion_too(store: Store, now: datetime, chat: Conversation) -> None:
    """The first text, every later one and their times stay."""
    line = Message(chat.id, Who.BUYER, "要两件", now, telegram_id=5)
    edit = Version(line.id, now + timedelta(minutes=1), Change.EDIT, "要三件")
    gone = Version(line.id, now + timedelta(minutes=2), Change.DELETION)
    await store.write(store.messages.add(line))
    await store.write(store.messages.change(edit))
    [kept] = await store.messages.history(7)
    assert (kept.text, kept.now_reads, kept.versions) == ("要两件", "要三件", (edit,))
    await store.write(store.messages.change(gone))
    [kept] = await store.messages.history(7)
    assert (kept.text, kept.versions, kept.is_deleted, kept.now_reads) == ("要两件", (edit, gone), True, "")


async def test_history_spans_all_chats_of_a_buyer_oldest_first(store: Store, now: datetime, chat: Conversation) -> None:
    """What was said in the bot's chat and in the seller's own is one story; other buyers are not in it."""
    business = Conversation(7, 7, now, connection_id="c")
    stranger = Conversation(8, 8, now)
    lines = [
        Message(where.id, Who.BUYER, text, now)
        for where, text in ((chat, "一"), (business, "二"), (stranger, "三"), (chat, "四"))
    ]
    await store.write(
        [store.buyers.seen(Buyer(8)), store.conversations.save(business), store.conversations.save(stranger)]
    )
    await store.write([write for one in lines for write in store.messages.add(one)])
    assert [one.text for one in await store.messages.history(7)] == ["一", "二", "四"]


@pytest.mark.parametrize(
    ("said", "sought"),
    [
        pytest.param("这条裙子还有现货吗？", "现货", id="two characters"),
        pytest.param("这条裙子还有现货吗？", "裙", id="one character"),
        pytest.param("這條裙子還有現貨嗎？", "现货", id="traditional"),
        pytest.param("请问雾蓝色帆布包有吗", "帆布包 雾蓝", id="two words"),
        pytest.param("iPhone 15 Pro 手机壳", "iphone15", id="model squeezed"),
        pytest.param("When will it ship?", "SHIP", id="english"),
        pytest.param("it's \"so\" nice' AND (good) OR a*b", "it's AND good", id="signs mean themselves"),
        pytest.param("𠮷野家", "𠮷野", id="rare character"),
        pytest.param("ＡＢＣ１２３", "abc123", id="full width"),
    ],
)
async def test_messages_are_found_by_their_words(
    store: Store, now: datetime, chat: Conversation, said: str, sought: str
) -> None:
    """Two characters of Chinese are enough, in either script."""
    line = Message(chat.id, Who.BUYER, said, now)
    other = Message(chat.id, Who.BUYER, "好的谢谢", now)
    await store.write([*store.messages.add(line), *store.messages.add(other)])
    assert await store.messages.search(sought) == [line]
    assert await store.messages.search(sought, buyer_id=7) == [line]
    assert await store.messages.search(sought, buyer_id=8) == []


@pytest.mark.parametrize("sought", ["", "？！", '"', "'", "帽子", "*", "NEAR(", "words:", "\\", "a' | 'b"])
async def test_a_search_for_nothing_finds_nothing_and_breaks_nothing(
    store: Store, now: datetime, chat: Conversation, sought: str
) -> None:
    """No sign of a query language reaches the database."""
    await store.write(store.messages.add(Message(chat.id, Who.BUYER, "有裙子吗", now)))
    assert await store.messages.search(sought) == []


async def test_an_edited_message_is_found_by_old_and_new_words(store: Store, now: datetime, chat: Conversation) -> None:
    """Both lead to the one message."""
    line = Message(chat.id, Who.BUYER, "要红色", now)
    await store.write([*store.messages.add(line), *store.messages.change(Version(line.id, now, Change.EDIT, "要蓝色"))])
    for word in ("红色", "蓝色"):
        assert [one.id for one in await store.messages.search(word)] == [line.id]


@pytest.mark.parametrize("odd", ["a\x00b 裙子", "half \ud83d of a pair 裙子", "\udc00\ud83d 裙子", "😀 whole 裙子"])
async def test_no_text_can_be_refused(store: Store, now: datetime, chat: Conversation, odd: str) -> None:
    """What is no character is replaced; the rest is kept, found, and breaks nothing."""
    line = Message(chat.id, Who.BUYER, odd, now, media={"caption": odd})
    await store.write(store.messages.add(line))
    [kept] = await store.messages.search("裙子")
    whole = odd.replace("\x00", "�").replace("\ud83d", "�").replace("\udc00", "�")
    assert kept.text.replace("�", "") == whole.replace("�", "")
    assert kept.media["caption"].endswith("裙子")
