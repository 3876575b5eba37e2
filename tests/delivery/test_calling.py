"""Direct calls: harmless, and never an exception."""

from delivery import calling
from delivery.transport import AioRequest, Api
from sandbox import Fault, Sandbox


async def test_row_26_a_late_tap_is_answered_in_vain_without_harm(sandbox: Sandbox, request_: AioRequest) -> None:
    """Unknown or old queries, a broken line, no server: False, and that is all."""
    api = Api(request_, sandbox.token, sandbox.base_url)
    assert await calling.answer_button(api, "424242") is False
    sandbox.breaks("answerCallbackQuery", Fault.RESET_BEFORE)
    assert await calling.answer_button(api, "424242") is False
    assert await calling.answer_button(Api(request_, "1:T", "http://127.0.0.1:9"), "424242") is False


async def test_commands_are_set_and_taken_away(sandbox: Sandbox, request_: AioRequest) -> None:
    """A menu for one chat."""
    api = Api(request_, sandbox.token, sandbox.base_url)
    buyer = sandbox.person()
    await buyer.start()
    scope = {"type": "chat", "chat_id": buyer.id}
    assert await calling.set_commands(api, [("stock", "改库存"), ("order", "x" * 400)], scope)
    assert buyer.commands == ["stock", "order"]
    assert await calling.set_commands(api, [], scope)
    assert buyer.commands == []


async def test_files_are_fetched_or_a_reason_is(sandbox: Sandbox, request_: AioRequest) -> None:
    """The bytes, or a sentence."""
    api = Api(request_, sandbox.token, sandbox.base_url)
    buyer = sandbox.person()
    await buyer.sends_document(b"a,b\n1,2", "catalogue.csv")
    answer = await api.call("getUpdates", {})
    file_id = answer.result[-1]["message"]["document"]["file_id"]
    assert await calling.download(api, file_id) == b"a,b\n1,2"
    assert "does not hand it out" in str(await calling.download(api, "no-such-file"))
    assert "could not be reached" in str(await calling.download(Api(request_, "1:T", "http://127.0.0.1:9"), file_id))
