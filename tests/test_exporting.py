"""`verify export` signs off, builds again, and writes what stood; the docs say what it does."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.bridge import fill
from verify.cli import main
from verify.review import signed
from verify.review.decisions import decide
from verify.review.interop import FORMATS, annotation
from verify.store.store import Store

DOCS = Path(__file__).parents[1] / "docs"
RECORD = (DOCS / "record.md").read_text(encoding="utf-8")
PAGE = (DOCS / "formats.md").read_text(encoding="utf-8")


@pytest.fixture
def desk(desk_store: Store) -> Store:
    fill(desk_store)
    decide(desk_store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    return desk_store


def test_a_file_that_was_signed_off_comes_back(desk: Store, tmp_path: Path, capsys):
    out, again = tmp_path / "review.csv", tmp_path / "again.csv"
    assert main(["export", "--sign-off", "--note", "final", "--out", str(out)]) == 0
    (made,) = signed.sign_offs(desk)
    told = capsys.readouterr().out
    assert f"4 claims written to {out}" in told
    assert f"Signed off by Tester as {made.id}, decision 2" in told
    assert hashlib.sha256(out.read_bytes()).hexdigest() == made.content.sha256
    decide(desk, "claim", "c1", "disputed", reviewer="Ben", seen_version=1)
    assert main(["export", "--as-of", made.id, "--out", str(again)]) == 0
    assert again.read_bytes() == out.read_bytes()
    assert "byte for byte as Tester signed them off" in capsys.readouterr().out


def test_a_sign_off_that_does_not_hold_writes_nothing(desk: Store, tmp_path: Path, capsys):
    out, again = tmp_path / "review.csv", tmp_path / "again.csv"
    main(["export", "--sign-off", "--out", str(out)])
    (made,) = signed.sign_offs(desk)
    (desk.originals / made.content.rows_sha256).write_bytes(b"")
    assert main(["export", "--as-of", made.id, "--out", str(again)]) == 2
    assert "are not those that were signed off" in capsys.readouterr().err
    assert not again.exists()
    assert main(["audit"]) == 1


def test_what_stood_says_in_one_line_what_it_is(desk: Store, tmp_path: Path, capsys):
    out = tmp_path / "then.jsonl"
    assert main(["export", "--as-of", "0", "--out", str(out)]) == 0
    assert {json.loads(line)["status"] for line in out.read_text().splitlines()} == {"unreviewed"}
    assert "read, grouped and paired is today's" in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (["--sign-off", "--as-of", "1"], "cannot be signed off"),
        (["--note", "n"], "goes with a sign-off"),
        (["--as-of", "x" + "0" * 16], "There is no sign-off"),
        (["--as-of", "99"], "There is no decision 99"),
        (["--as-of", "soon"], "is no moment"),
        (["--sign-off", "--format", "xlsx"], "cannot be signed off"),
        (["--sign-off", "--format", "annotation"], "cannot be signed off"),
        (["--sign-off", "--side", "West"], "No claim has the side"),
    ],
)  # fmt: skip
def test_a_call_that_makes_no_sense_is_refused(
    desk: Store, tmp_path: Path, asked: list[str], why: str, capsys
):
    out = tmp_path / "f.csv"
    assert main(["export", "--out", str(out), *asked]) == 2
    assert why in capsys.readouterr().err
    assert not out.exists()
    assert signed.sign_offs(desk) == []


@pytest.mark.parametrize("asked", [["--side", "North"], ["--format", "jsonl"]])
def test_a_sign_off_takes_no_other_filters_or_format(desk: Store, tmp_path: Path, asked: list[str]):
    main(["export", "--sign-off", "--out", str(tmp_path / "f.csv")])
    (made,) = signed.sign_offs(desk)
    out = tmp_path / "again.csv"
    assert main(["export", "--as-of", made.id, "--out", str(out), *asked]) == 2
    assert not out.exists()


def test_fact_checks_say_what_is_left_out_and_what_they_lack(
    desk: Store, tmp_path: Path, capsys, monkeypatch
):
    out = tmp_path / "reviews.jsonld"
    asked = ["export", "--format", "claimreview", "--out", str(out)]
    assert main([*asked, "--publisher", "The Desk"]) == 0
    told = capsys.readouterr().out
    assert "1 claims written" in told
    assert "3 claims that nobody has decided on are not in it" in told
    assert "VERIFY_PUBLIC_URL" in told
    assert json.loads(out.read_text())["@graph"][0]["author"]["name"] == "The Desk"
    monkeypatch.setenv("VERIFY_PUBLIC_URL", "https://desk.test/")
    main(asked)
    assert json.loads(out.read_text())["@graph"][0]["url"] == "https://desk.test/claim?claim=c1"


def test_an_excel_file_of_the_same_claims_has_the_same_bytes(desk: Store, tmp_path: Path):
    for name in ("a.xlsx", "b.xlsx"):
        main(["export", "--out", str(tmp_path / name)])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_lines_in_the_docs_check_a_log_without_this_program(
    desk: Store, tmp_path: Path, desk_settings
):
    out = tmp_path / "review.csv"
    main(["export", "--sign-off", "--out", str(out)])
    decide(desk, "pair", _a_pair(desk), "confirmed", reviewer="Zoë", note="“é”", seen_version=0)
    script = tmp_path / "check.py"
    script.write_text(RECORD.partition("```python\n")[2].partition("```")[0], encoding="utf-8")
    database = desk_settings.data_dir / "verify.db"
    checked = _run(script, database)
    assert hashlib.sha256(out.read_bytes()).hexdigest() in checked.stdout
    assert "the log holds" in checked.stdout
    from tests.review.test_audit import tamper

    tamper(desk, "UPDATE decisions SET note = 'x' WHERE seq = 1")
    assert _run(script, database).stderr.strip() == "broken at decision 1"


def _a_pair(store: Store) -> str:
    from verify.store import views

    return str(views.pairs(store)[0]["pair_id"].iloc[0])


def _run(script: Path, database: Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-I", str(script), str(database)]
    return subprocess.run(call, capture_output=True, text=True, check=False)


def test_the_docs_name_every_format_key_and_purpose():
    assert set(FORMATS) <= set(re.findall(r"^\| `(\w+)` \|", PAGE, re.M))
    keys = re.findall(r"^\| `(\w+)` \|", RECORD.partition("Its value is JSON")[2], re.M)
    assert set(keys) == set(signed.Content.__dataclass_fields__)
    assert f"{annotation.AROUND} characters before and behind" in PAGE
    for page in (PAGE, RECORD):
        links = [link for link in re.findall(r"\]\(([^)#]+)", page) if "://" not in link]
        assert [link for link in links if not (DOCS / link).exists()] == []
