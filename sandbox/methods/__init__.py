"""The Bot API's methods, each by its name; the routing table is all there is to read here."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.files import Kind
from sandbox.methods import about, chats, commands, copying, editing, media, polling, sending, topics
from sandbox.params import Params
from sandbox.world import World

Method = Callable[[World, Params], Any | Awaitable[Any]]

METHODS: dict[str, Method] = {
    # the bot itself
    "getMe": about.get_me,
    "logOut": about.log_out,
    "close": about.log_out,
    "setMyName": about.set_my_name,
    "getMyName": about.get_my_name,
    "setMyDescription": about.set_my_description,
    "getMyDescription": about.get_my_description,
    "setMyShortDescription": about.set_my_short_description,
    "getMyShortDescription": about.get_my_short_description,
    "setMyCommands": commands.set_my_commands,
    "getMyCommands": commands.get_my_commands,
    "deleteMyCommands": commands.delete_my_commands,
    # taking updates
    "getUpdates": polling.get_updates,
    "setWebhook": polling.set_webhook,
    "deleteWebhook": polling.delete_webhook,
    "getWebhookInfo": polling.get_webhook_info,
    # saying something
    "sendMessage": sending.send_message,
    "sendPhoto": media.sends(Kind.PHOTO),
    "sendVideo": media.sends(Kind.VIDEO),
    "sendAnimation": media.sends(Kind.ANIMATION),
    "sendDocument": media.sends(Kind.DOCUMENT),
    "sendAudio": media.sends(Kind.AUDIO),
    "sendVoice": media.sends(Kind.VOICE),
    "sendSticker": media.sends(Kind.STICKER),
    "sendVideoNote": media.sends(Kind.VIDEO_NOTE),
    "sendLocation": sending.send_location,
    "sendContact": sending.send_contact,
    "sendMediaGroup": media.send_media_group,
    "forwardMessage": copying.forward_message,
    "forwardMessages": copying.forward_messages,
    "copyMessage": copying.copy_message,
    "copyMessages": copying.copy_messages,
    # changing what was said
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_markup,
    "editMessageMedia": editing.edit_media,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "deleteBusinessMessages": editing.delete_business_messages,
    # topics and business accounts
    "createForumTopic": topics.create,
    "editForumTopic": topics.edit,
    "closeForumTopic": topics.close,
    "reopenForumTopic": topics.reopen,
    "deleteForumTopic": topics.delete,
    "getForumTopicIconStickers": topics.icons,
    "getBusinessConnection": topics.get_business_connection,
    "readBusinessMessage": topics.read_business_message,
    # around the chat
    "answerCallbackQuery": chats.answer_callback_query,
    "sendChatAction": chats.send_chat_action,
    "setMessageReaction": chats.set_message_reaction,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getFile": chats.get_file,
    "pinChatMessage": chats.pin,
    "unpinChatMessage": chats.unpin,
    "unpinAllChatMessages": chats.unpin_all,
    "setChatMenuButton": chats.set_menu_button,
    "getChatMenuButton": chats.get_menu_button,
}

# Known to Telegram and not to the sandbox: 501 says so, where an unknown name gets 404.
NOT_YET = {
    "sendPaidMedia",
    "sendVenue",
    "sendPoll",
    "sendDice",
    "sendChecklist",
    "sendInvoice",
    "stopPoll",
    "sendMessageDraft",
    "leaveChat",
    "getChatAdministrators",
    "getChatMemberCount",
    "getUserProfilePhotos",
    "createInvoiceLink",
    "answerShippingQuery",
    "answerPreCheckoutQuery",
    "answerInlineQuery",
    "answerWebAppQuery",
}

BY_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}
NOT_YET_BY_NAME = {name.lower(): name for name in NOT_YET}
