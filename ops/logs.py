"""Logs: one line of JSON each (plain on a terminal), ids and never a buyer's words, and no secret in any of them."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without(library: str) -> Iterator[None]:
    """While something is imported that would bring this along if it could, it cannot."""
    if library in sys.modules:
        yield
        return
    sys.modules[library] = None  # type: ignore[assignment]  # Python's own way to say that there is no such module
    try:
        yield
    finally:
        del sys.modules[library]


with _without("rich"):  # 5 MB of tables and colours, for a line of a log
    import structlog


def set_up_logs(level: str) -> None:
    """Everything that is logged, by us or by a library, goes to stderr in one form. Hide the secrets after this."""
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            renderer,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Below WARNING these tell every statement's values and every update: buyers' words.
    for noisy in ("aiosqlite", "sqlalchemy", "asyncpg", "telegram", "apscheduler", "asyncio"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    # This one tells an answer that is no JSON in full: a poll that was cut off holds buyers' words. We say it without them.
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)
