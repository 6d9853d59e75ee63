import re
import tomllib
from pathlib import Path

from verify.cli import parser
from verify.review.export import COLUMNS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_lists_the_columns_of_the_review_table() -> None:
    listed = README.split("The review table has one row a claim:")[1].split("## ")[0]
    assert tuple(re.findall(r"[a-z_0-9]+", listed)) == COLUMNS


def test_the_readme_names_every_command() -> None:
    (commands,) = (a.choices for a in parser()._actions if a.choices and a.dest == "command")
    assert [name for name in commands if f"verify {name}" not in README] == []


def test_what_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)", README)
    assert links
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_the_example_of_sides_is_valid() -> None:
    example = README.split("```toml")[1].split("```")[0]
    assert [side["name"] for side in tomllib.loads(example)["side"]] == [
        "Resistance",
        "independent",
    ]


def test_the_seeds_name_every_file_and_say_who_wrote_them() -> None:
    told = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    files = [path.name for path in (ROOT / "seeds" / "panjshir").iterdir()]
    assert [name for name in files if f"`{name}`" not in told] == []
    assert "written for this project" in told
