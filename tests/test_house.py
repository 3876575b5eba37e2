"""The house: who may import whom, libraries in their rooms, and documents that keep step with the code."""

import ast
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from handlers import ALIASES, BUYER_COMMANDS, SELLER_COMMANDS
from handlers.menus import BUYER, SELLER
from handlers.seller.manual import MANUAL, in_chinese
from handlers.seller.staff.approvals import FIELDS
from settings import Settings

ROOT = Path(__file__).parent.parent
ROOMS = ("core", "store", "handlers", "jobs", "delivery", "templates", "carriers", "sheets", "ops", "sandbox")
TOP = ("bot", "running", "wiring", "minds", "settings", "clock")
MAY: dict[str, set[str]] = {
    "core": set(),
    "templates": {"core"},
    "store": {"core"},
    "carriers": {"core"},
    "sheets": {"core"},
    "delivery": {"core", "store", "clock"},
    "ops": {"core", "store"},
    "handlers": {"core", "templates", "store"},
    "jobs": {"core", "store", "handlers"},
    "sandbox": set(),
}
"""What each room may import besides itself. Imports under TYPE_CHECKING are free: they are not there when it runs."""
LIBRARIES = {
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "telegram": {"handlers", "delivery", "running", "wiring"},
    "apscheduler": {"jobs"},
    "aiohttp": {"delivery", "carriers", "ops", "sandbox", "running"},
    "python_calamine": {"sheets"},
    "xlsxwriter": {"sheets"},
    "jinja2": {"templates"},
}
HANDED_IN = {("handlers/sending.py", "delivery")}
"""Where a room is reached inside a function, because its values are needed only there."""

UNDERSTANDING = ("words", "reading", "goods", "model", "asks", "understanding", "together", "teaching")
"""The floors of core/understanding: each is built on those before it."""


def files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py")) if (ROOT / room).is_dir() else [ROOT / f"{room}.py"]


@cache
def imported(path: Path, types: bool = False) -> list[ast.Import | ast.ImportFrom]:
    """A file's import statements; those under TYPE_CHECKING only with `types`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test) and not types
        for child in node.body
        for inner in ast.walk(child)
    }
    return [
        node
        for node in ast.walk(tree)
        if node not in skipped
        and (isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module and not node.level))
    ]


def imports(path: Path) -> set[str]:
    """The packages a file imports when it runs."""
    found: set[str] = set()
    for node in imported(path):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        else:
            found.add(str(node.module).split(".")[0])
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    """Arrows point at core; the sandbox knows nothing of ours; Telegram stops at handlers and delivery."""
    for path in files(room):
        ours = imports(path) & {*ROOMS, *TOP}
        place = str(path.relative_to(ROOT))
        allowed = MAY[room] | {room} | {other for where, other in HANDED_IN if where == place}
        assert ours <= allowed, f"{place} imports {ours - allowed}"


def test_the_floors_of_understanding_are_built_on_those_below() -> None:
    """Words are read, goods and a model are made of what was read, asks of all three."""
    ours, house = modules(), "core.understanding."
    for name in (one for one in ours if one.startswith(house)):
        floor = name.removeprefix(house).split(".")[0]
        above = UNDERSTANDING[UNDERSTANDING.index(floor) + 1 :]
        for other in needs(name, ours, types=True):
            assert not other.startswith(tuple(house + one for one in above)), f"{name} imports {other}"


def modules() -> dict[str, Path]:
    """Every module of ours by its dotted name."""
    found = {}
    for path in (path for room in (*ROOMS, "console", *TOP) for path in files(room)):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def needs(name: str, ours: Mapping[str, Path], types: bool) -> set[str]:
    """The modules of ours that a module imports, also inside its functions; with `types` those for annotations too."""
    found: set[str] = set()
    for node in imported(ours[name], types):
        wanted = [one.name for one in node.names]
        if isinstance(node, ast.ImportFrom):
            wanted = [f"{node.module}.{one}" for one in wanted]
        for one in wanted:
            known = one if one in ours else one.rpartition(".")[0]
            found |= {known} & set(ours)
    return found - {name}


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """What is left when each module that needs none of the others, or that none of them needs, is taken away in turn."""
    left = dict(graph)
    while True:
        needed = set().union(*left.values())
        inside = {name: wanted & set(left) for name, wanted in left.items() if name in needed and wanted & set(left)}
        if len(inside) == len(left):
            return sorted(left)
        left = inside


def test_no_module_needs_itself() -> None:
    """Nothing is imported in a circle, also not inside functions, where a circle hides."""
    ours = modules()
    assert circle({name: needs(name, ours, types=False) for name in ours}) == []


def test_types_go_in_circles_only_around_the_desk() -> None:
    """The desk holds its tools and each tool knows the desk it lies on. Apart from that annotations make no circle."""
    ours = modules()
    graph = {name: needs(name, ours, types=True) - {"handlers.desk"} for name in ours}
    assert circle(graph) == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_stays_in_its_room(library: str) -> None:
    """SQL in the store, Telegram in handlers and delivery, the clock's library in the timetable."""
    for room in (*ROOMS, *TOP):
        if room in LIBRARIES[library]:
            continue
        for path in files(room):
            assert library not in imports(path), f"{path.relative_to(ROOT)} imports {library}"


def test_only_the_outbox_speaks_to_buyers() -> None:
    """No handler and no job calls a send method of the Bot API."""
    for room in ("handlers", "jobs", "core"):
        for path in files(room):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    assert not re.match(r"(send|reply|edit|copy|forward)_\w+", node.func.attr), (path, node.func.attr)


def test_every_setting_stands_in_the_example_and_in_the_operators_guide() -> None:
    """.env.example and docs/operating.md name each setting."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    guide = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert re.search(rf"^#? ?{name.upper()}=", example, re.MULTILINE), name
        assert f"`{name.upper()}`" in guide, name


def test_every_command_stands_in_the_sellers_guide_and_in_a_menu() -> None:
    """docs/selling.md explains each command; the menus offer what is routed and nothing else."""
    guide = (ROOT / "docs/selling.md").read_text(encoding="utf-8")
    for name in {*SELLER_COMMANDS, *BUYER_COMMANDS}:
        assert f"/{name}" in guide, name
    for language in ("zh", "en"):
        assert {name for name, _ in BUYER[language]} == set(BUYER_COMMANDS)
        assert {name for name, _ in SELLER[language]} == set(SELLER_COMMANDS) - ALIASES - {"start"}


def test_every_command_has_a_line_in_the_guide_that_says_what_help_says() -> None:
    """docs/selling.md has a row for each seller's command, in both languages, with the usage and the example /help gives."""
    guide = (ROOT / "docs/selling.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(/(\w+)[^`]*)`[^|]*\| (.*?) \| `([^`]*)` \|$", guide, re.MULTILINE)
    told: dict[str, list[tuple[str, str]]] = {}
    for usage, name, words, example in rows:
        told.setdefault(name, []).append((usage.replace("\\|", "|"), example.replace("\\|", "|")))
        assert re.search(r"[a-z]{2}.* · .*[\u4e00-\u9fff]", words), (
            f"the guide's row of {usage} is not in both languages"
        )
    assert set(told) == set(SELLER_COMMANDS) - ALIASES, "each seller's command needs its row in docs/selling.md"
    assert {name: tuple(each) for name, each in told.items()} == MANUAL, (
        "handlers/seller/manual.py repeats the guide's rows"
    )


def test_every_deed_has_a_name() -> None:
    """What is written into the audit is told by /audit and /diary in words, in both languages."""
    found: set[str] = set()
    for path in [*(ROOT / "handlers").rglob("*.py"), *(ROOT / "jobs").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"\bnoted\(\s*(?!desk,)[\w.]+,\s*\"([a-z][a-z ]*)\"", text))
        for verb in re.findall(r"\bnoted\(\s*[\w.]+,\s*f\"(\w+) \{kind\}\"", text):
            found |= {f"{verb} {kind}" for kind in FIELDS}
    assert len(found) > 50
    for language in ("zh", "en"):
        names = (ROOT / f"templates/{language}/seller/deed.j2").read_text(encoding="utf-8")
        for deed in sorted(found):
            assert f'"{deed}":' in names, f"templates/{language}/seller/deed.j2 lacks “{deed}”"


def test_every_usage_is_told_in_chinese() -> None:
    """No argument is left in English in a usage line for who reads Chinese; what is typed as it stands is left alone."""
    for name, rows in MANUAL.items():
        for usage, _ in rows:
            told = in_chinese(usage)
            assert not re.search(r"[A-Z]", told), f"say in handlers/seller/manual.py what {usage} is called in Chinese"
            assert told.startswith(f"/{name}")
    assert in_chinese("/bot on|off BUYER") == "/bot on|off 买家号"
    assert (
        in_chinese("/role add ID owner|agent [NAME] · /role rm ID")
        == "/role add 数字id owner|agent [名字] · /role rm 数字id"
    )
    assert in_chinese("/ladder SKU|shop [+SKU=120] [gift=…] | none") == "/ladder 货号|shop [+货号=120] [gift=…] | none"


def test_every_pinned_package_carries_a_hash_and_no_address() -> None:
    """The locks name versions and hashes, never where from."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        for block in re.split(r"\n(?=\S)", text):
            if "==" in block:
                assert "--hash=sha256:" in block, block.splitlines()[0]


def test_what_the_project_needs_is_locked() -> None:
    """Every dependency of pyproject.toml is in the lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower().replace("_", "-")
    for wanted in project["project"]["dependencies"]:
        name = re.split(r"[\[=<>~!]", wanted)[0].strip().lower().replace("_", "-")
        assert re.search(rf"^{re.escape(name)}==", locked, re.MULTILINE), name


DOCUMENTS = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]
OURS = "|".join((*ROOMS, "console", "tests", "benchmarks", "phrases"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_is_there(document: Path) -> None:
    """Links, files in our rooms, modules that are run, and targets of the Makefile."""
    text, targets = document.read_text(encoding="utf-8"), (ROOT / "Makefile").read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (document.parent / link).exists(), link
    for name in re.findall(rf"`((?:{OURS})/[\w/.-]+)`", text):
        assert (ROOT / name).exists() or (ROOT / f"{name}.py").exists(), name
    for module in re.findall(r"python -m ([\w.]+)", text):
        path = ROOT / module.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").exists(), module
    for target in re.findall(r"`make ([a-z-]+)", text):
        assert re.search(rf"^{target}:", targets, re.MULTILINE), target


def test_the_architecture_leads_to_files_that_are_there() -> None:
    """In a row of its tables a file without a folder is in the folder of the one named before it."""
    found = 0
    for row in re.findall(r"^\| .*$", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.MULTILINE):
        folder = Path()
        for name in re.findall(r"`([\w/]+\.py)`", row):
            folder = Path(name).parent if "/" in name else folder
            assert (ROOT / name).exists() or (ROOT / folder / name).exists(), f"{name} in {row}"
            found += 1
    assert found > 50


def test_the_tree_of_the_architecture_is_the_tree() -> None:
    """Every room and every file at the top has its line, and a file named under a room is in that room."""
    tree = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("```")[1]
    rooms = re.findall(r"^([\w.]+)(/?)  ", tree, re.MULTILINE)
    assert {name for name, is_folder in rooms if not is_folder} == {f"{name}.py" for name in TOP}
    assert {name for name, is_folder in rooms if is_folder} == {*ROOMS, "console", "phrases", "tests", "benchmarks"}
    room = ROOT
    for line in tree.splitlines():
        if start := re.match(r"(\w+)/ ", line):
            room = ROOT / start[1]
        for name in re.findall(r"\w+\.py\b", line):
            assert (ROOT / name).exists() or any(room.rglob(name)), f"{name} in {line}"


def test_every_setting_is_read() -> None:
    """What the environment may set has an effect somewhere."""
    code = "".join(path.read_text(encoding="utf-8") for room in (*TOP, "console", *ROOMS) for path in files(room))
    for name in Settings.model_fields:
        assert re.search(rf"\bsettings\.{name}\b", code), name
