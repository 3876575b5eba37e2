"""The child process that opens one workbook under hard limits: `python -m sheets.child LIMITS < file > rows`.

It is started by `reading.read_in_child`. Whatever a hostile file does to it, the bot goes on.
"""

import json
import sys

import orjson

from sheets.limits import Limits
from sheets.workbook import Refused, open_workbook


def confine(limits: Limits) -> None:
    """Give this process a ceiling of memory and of processor time; where the system knows none, the parent's clock stays."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    limits = Limits(**json.loads(sys.argv[1]))
    confine(limits)
    answer: dict[str, object]
    try:
        opened = open_workbook(sys.stdin.buffer.read(), limits)
        marks = [[*place, mark] for place, mark in opened.marks.items()]
        answer = {"rows": opened.rows, "marks": marks, "unread": opened.unread}
    except Refused as refused:
        answer = {"fault": refused.fault, "blanks": refused.blanks}
    sys.stdout.buffer.write(orjson.dumps(answer))


if __name__ == "__main__":
    main()
