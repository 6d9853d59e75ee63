"""One sentence of the seeds, followed through every room to its row in the review table."""

import csv
from pathlib import Path

import pytest

from verify import pipeline, records
from verify.ingest.extract import extract
from verify.ingest.read import find, read
from verify.ingest.sides import load_sides
from verify.review import decisions
from verify.review.export import export
from verify.settings import Settings
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store

SEEDS = Path(__file__).parents[1] / "seeds" / "panjshir"
COUNT = "the resistance killed 85 Taliban fighters in the clashes"

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Store:
    settings = Settings(data_dir=tmp_path_factory.mktemp("story"))
    store = Store.open(settings)
    summary = pipeline.build([SEEDS], store, settings)
    assert summary.left_out == []
    return store


def claim_about(store: Store, words: str, source: str) -> dict[str, object]:
    found, _ = views.claims(store, Filters(source=source), limit=200)
    (row,) = [row for row in records.rows(found) if words in row["text"]]
    return row


def test_the_sentence_is_read_as_an_attributed_claim() -> None:
    (path,) = [path for path in find([SEEDS])[0] if path.name == "01-wire-fighting.md"]
    (reading,) = read(path)
    claims = records.rows(extract(reading.documents, load_sides(SEEDS / "sides.toml")))
    (claim,) = [row for row in claims if COUNT in row["text"]]
    text = reading.documents.loc[0, "text"]
    assert text[claim["start"] : claim["end"]] == claim["text"]
    assert claim["speaker"] == "A supporter of the Northern Alliance"
    assert claim["cue"] == "said"
    assert claim["side"] == "Resistance"
    (quantity,) = claim["quantities"]
    assert (quantity["low"], quantity["high"], quantity["kind"]) == (85, 85, "killed")
    assert quantity["counted"] == "Taliban fighters"


def test_eighty_five_killed_and_victory_pictures_are_one_event_and_conflict(desk: Store) -> None:
    count = claim_about(desk, COUNT, "Central Asia Wire")
    pictures = claim_about(desk, "victory pictures of their fighters", "Central Asia Wire")
    assert count["event_id"] == pictures["event_id"]
    assert (count["side"], pictures["side"]) == ("Resistance", "Taliban")
    wanted = records.pair_id(str(count["claim_id"]), str(pictures["claim_id"]))
    pairs, _ = views.pairs(desk, Filters(event_id=str(count["event_id"])), limit=None)
    (pair,) = [row for row in records.rows(pairs) if row["pair_id"] == wanted]
    assert (pair["relation"], pair["conflict_kind"]) == ("conflicts", "outcome")
    assert any("success" in reason["words"] for reason in pair["reasons"])


def test_the_sentence_reaches_its_row_of_the_table(desk: Store, tmp_path: Path) -> None:
    count = claim_about(desk, COUNT, "Central Asia Wire")
    decisions.decide(
        desk,
        "claim",
        str(count["claim_id"]),
        "disputed",
        reviewer="Ada",
        note="nobody saw 85 dead",
        seen_version=0,
    )
    export(desk, Filters(), tmp_path / "review.csv", "csv")
    with (tmp_path / "review.csv").open(encoding="utf-8-sig", newline="") as table:
        (row,) = [row for row in csv.DictReader(table) if row["claim_id"] == count["claim_id"]]
    pictures = claim_about(desk, "victory pictures of their fighters", "Central Asia Wire")
    assert COUNT in row["claim_text"]
    assert (row["status"], row["reviewer"], row["note"]) == (
        "disputed",
        "Ada",
        "nobody saw 85 dead",
    )
    assert (row["side"], row["source"]) == ("Resistance", "Central Asia Wire")
    assert (row["quantity_low"], row["quantity_kind"], row["counted"]) == (
        "85",
        "killed",
        "Taliban fighters",
    )
    assert str(pictures["claim_id"]) in row["conflicting_claim_ids"].split()
    assert len(row["document_sha256"]) == 64
