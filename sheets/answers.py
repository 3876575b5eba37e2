"""Reading answers.csv as `bot.py export` writes it: what the seller has said to asks, to everyone or of one product."""

import csv
import io

from core.answers import KeptAnswer
from core.asks import ASKS, own_name
from sheets.phrases import FOLDERS

NAME = "answers.csv"
NEEDED = ("ask", "language", "answer")
_LONGEST = 4000


def read_answers(name: str, data: bytes) -> tuple[list[KeptAnswer], list[str]]:
    """The answers, and a sentence for each row that is wrong."""
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        return [], [f"{name}: it cannot be read as a CSV file in UTF-8 ({type(error).__name__})."]
    found: list[KeptAnswer] = []
    wrong: list[str] = []
    for number, row in enumerate(rows, start=2):
        cells = {key: _plain(value) for key, value in row.items() if isinstance(key, str) and isinstance(value, str)}
        missing = [key for key in NEEDED if not cells.get(key)]
        ask = cells.get("ask", "")
        ask = ask if ask in ASKS else own_name(ask) if ask.startswith("own") else ""
        if missing:
            wrong.append(
                f"{name}, row {number}: {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing."
            )
        elif not ask:
            wrong.append(f"{name}, row {number}: no ask is called {cells['ask']!r}; one of your own begins with own:.")
        elif cells["language"] not in FOLDERS:
            wrong.append(f"{name}, row {number}: the language must be zh, zh_hant or en.")
        elif len(cells["answer"]) > _LONGEST:
            wrong.append(f"{name}, row {number}: the answer is longer than {_LONGEST} characters.")
        else:
            product, question = cells.get("product", ""), cells.get("question", "")
            found.append(KeptAnswer(ask, cells["answer"], cells["language"], product, question))
    return found, wrong


def _plain(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t\r|%" else cell
