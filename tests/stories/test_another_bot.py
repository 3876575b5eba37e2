"""The shop goes on with another bot on its old database: what the one before had said is not this one's to change."""

from sandbox import Sandbox
from tests.play import OWNER, Play


async def test_row_21_a_card_of_the_bot_before_is_shown_anew(play: Play) -> None:
    """The number of the old card is another message's in the new bot's chat: that one stays as it is, and the buyer's next
    line comes on a card of its own."""
    buyer = play.buyer()
    await play.cards()
    await play.ask(buyer, "转人工")
    number = (await play.card()).message_id
    await play.running.stop()
    await play.sandbox.stop()
    play.sandbox = Sandbox(play.clock, token=f"7000000002:{'B' * 35}")
    await play.sandbox.start()
    play.owner = play.sandbox.seller(id=OWNER)
    buyer = play.sandbox.person(id=buyer.id)
    await play.restart()
    for _ in range(number - 2):
        await play.owner.says("-")
    await play.owner.says("/help")
    await play.settled()
    await play.cards()
    before = {one.message_id: one.text for one in play.owner.sees}
    assert number in before, (number, sorted(before))
    await buyer.says("人呢，转人工")
    await play.settled()
    after = {one.message_id: one.text for one in play.owner.sees}
    assert {number: after[number] for number in before} == before
    assert any("人呢" in text for number, text in after.items() if number not in before)
