"""What Telegram says when it refuses: the code, and the words bots match on.

The words are those of the Bot API server, whose first letter is lowered after the prefix unless it is a constant.
"""

from typing import Any


class ApiError(Exception):
    """A refusal, as the bot will read it: HTTP status `code`, `description`, and perhaps `parameters`."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON body of the answer."""
        said: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters is not None:
            said["parameters"] = self.parameters
        return said


def bad_request(why: str) -> ApiError:
    """400, for everything wrong with what was asked."""
    return ApiError(400, f"Bad Request: {why}")


def cannot_parse(why: str) -> ApiError:
    """400, for markup Telegram cannot read."""
    return bad_request(f"can't parse entities: {why}")


def forbidden(why: str) -> ApiError:
    """403, for people who do not want to hear from the bot."""
    return ApiError(403, f"Forbidden: {why}")


def unauthorized() -> ApiError:
    """401: the token has the right shape and belongs to nobody."""
    return ApiError(401, "Unauthorized")


def not_found() -> ApiError:
    """404: an unknown method, or a token without the shape of one."""
    return ApiError(404, "Not Found")


def conflict(why: str) -> ApiError:
    """409: two ways of taking updates at once."""
    return ApiError(409, f"Conflict: {why}")


def too_many_requests(retry_after: int) -> ApiError:
    """429, with the seconds to wait both in the words and in `parameters`."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def too_large() -> ApiError:
    """413: more than a bot may upload."""
    return ApiError(413, "Request Entity Too Large")


def not_here(what: str) -> ApiError:
    """501, in Telegram's form: the real one can do this, the sandbox cannot yet."""
    return ApiError(501, f"Not Implemented: {what} is not supported by the sandbox yet")


CHAT_NOT_FOUND = "chat not found"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
TERMINATED_BY_WEBHOOK = "terminated by setWebhook request"
