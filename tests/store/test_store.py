import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from tests.store.bridge import (
    CLAIMS_TOLD,
    DENIAL,
    DOCUMENTS_TOLD,
    NUMBER,
    PAIRS_TOLD,
    SUPPORT,
    claim,
    fill,
    relate,
)  # fmt: skip
from verify.errors import InputError, LeftOut, StoreError
from verify.records import CLAIMS, DOCUMENTS, frame
from verify.review.decisions import decide
from verify.settings import Settings
from verify.store import views
from verify.store.filters import Filters
from verify.store.schema import metadata
from verify.store.store import Store


def test_the_migrations_make_the_declared_tables(empty: Store):
    with empty.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: "claims_search" not in (name or "")},
        )
        assert compare_metadata(context, metadata) == []


def test_a_store_of_a_newer_version_is_left_alone(settings: Settings, empty: Store):
    with empty.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"newer version \(schema 9999\).*Install the newest"):
        Store.open(settings)


def test_a_file_that_is_no_store_is_an_error(tmp_path: Path):
    (tmp_path / "verify.db").write_text("My shopping list, longer than a header of SQLite. " * 9)
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(Settings(data_dir=tmp_path))


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open(Settings(data_dir=tmp_path / "file"))


def test_several_processes_may_open_a_new_store_at_once(unmade: Settings):
    code = (
        "import sys; from pathlib import Path; from verify.settings import Settings;"
        "from verify.store.store import Store;"
        "Store.open(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2]))"
    )
    where = [str(unmade.data_dir), unmade.database_url]
    opened = [subprocess.Popen([sys.executable, "-c", code, *where]) for _ in range(4)]
    assert [process.wait() for process in opened] == [0, 0, 0, 0]


def test_the_same_documents_and_claims_twice_add_nothing(store: Store):
    assert store.add_documents(frame(DOCUMENTS_TOLD, DOCUMENTS), "r2") == []
    assert store.add_claims(frame(CLAIMS_TOLD, CLAIMS), "r2") == 0
    assert len(store.claims()) == 4


def test_documents_and_claims_come_back_as_they_went_in(store: Store):
    documents = frame(DOCUMENTS_TOLD, DOCUMENTS)
    documents["given"] = [{} for _ in range(4)]
    pd.testing.assert_frame_equal(store.documents(), documents)
    claims = store.claims()
    pd.testing.assert_frame_equal(claims[list(CLAIMS)], frame(CLAIMS_TOLD, CLAIMS))
    assert list(claims["title"])[0:3:2] == ["At the bridge", "A calm night"]


def test_a_claim_needs_its_document(empty: Store):
    with pytest.raises(InputError, match="Add the documents first"):
        empty.add_claims(frame([claim("c1", "d9", "Lost.")], CLAIMS), "r1")


def test_vectors_are_kept_by_text_and_model(empty: Store):
    vectors = np.array([[0.6, 0.8], [1.0, 0.0]])
    empty.add_vectors(["h1", "h2"], "small", vectors)
    empty.add_vectors(["h1"], "small", vectors[:1])
    found = empty.vectors(["h2", "h1", "h9"], "small")
    assert set(found) == {"h1", "h2"}
    assert np.allclose(found["h1"], vectors[0], atol=1e-3)
    assert empty.vectors(["h1"], "large") == {}


def test_original_bytes_are_kept_once_by_their_hash(empty: Store, tmp_path: Path):
    given = tmp_path / "news.txt"
    given.write_bytes(b"as it came\r\n")
    sha256 = hashlib.sha256(given.read_bytes()).hexdigest()
    empty.keep_original(given, sha256)
    empty.keep_original(given, sha256)
    assert (empty.originals / sha256).read_bytes() == b"as it came\r\n"


def test_a_file_that_changed_meanwhile_is_not_kept(empty: Store, tmp_path: Path):
    given = tmp_path / "news.txt"
    given.write_text("new")
    with pytest.raises(InputError, match="changed while it was read"):
        empty.keep_original(given, "0" * 64)
    assert list(empty.originals.iterdir()) == []


def test_decisions_survive_a_rerun(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    decide(store, "pair", DENIAL, "confirmed", reviewer="Ada", seen_version=0)
    relate(store)
    assert views.claim(store, "c1")["status"] == "verified"
    assert views.pairs(store, Filters(pair_status="confirmed"))[0]["pair_id"].tolist() == [DENIAL]
    assert views.event(store, "e1")["reviewed"] == 1


def test_a_decided_pair_that_is_no_longer_proposed_is_kept_and_marked(store: Store):
    decide(store, "pair", NUMBER, "rejected", reviewer="Ada", seen_version=0)
    relate(store, pairs=PAIRS_TOLD[:1])
    relate(store, pairs=PAIRS_TOLD[:1])
    table = views.pairs(store)[0].set_index("pair_id")
    assert dict(table["kept"]) == {SUPPORT: False, NUMBER: True}
    assert table.loc[NUMBER, "reviewer"] == "Ada"


def test_a_kept_pair_that_is_proposed_again_is_an_ordinary_one(store: Store):
    decide(store, "pair", NUMBER, "rejected", reviewer="Ada", seen_version=0)
    relate(store, pairs=[])
    relate(store)
    table = views.pairs(store)[0].set_index("pair_id")
    assert dict(table["kept"]) == {SUPPORT: False, DENIAL: False, NUMBER: False}
    assert table.loc[NUMBER, "status"] == "rejected"


def test_a_kept_pair_follows_its_claim_to_another_event(store: Store):
    decide(store, "pair", SUPPORT, "confirmed", reviewer="Ada", seen_version=0)
    relate(store, pairs=[], of={"c1": "e2", "c2": "e2", "c3": "e1", "c4": "e2"})
    assert views.pairs(store, Filters(event_id="e2"))[1] == 1
    assert views.event(store, "e2")["supports"] == 1


def test_a_rebuild_that_fails_in_the_middle_leaves_the_old_state(store: Store):
    before = [views.events(store)[0], views.pairs(store)[0], store.membership()]
    broken = [{**PAIRS_TOLD[0], "a": "c9"}]
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        relate(store, pairs=broken, of={"c1": "e2"})
    after = [views.events(store)[0], views.pairs(store)[0], store.membership()]
    for old, new in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(old, new)


def test_relabelling_moves_sides_but_not_decided_ones(store: Store):
    decide(store, "claim", "c1", "Observers", field="side", reviewer="Ada", seen_version=0)
    labels = store.claims()[["claim_id", "side", "side_reason", "actor_side"]]
    store.relabel_sides(labels.assign(side="East", side_reason="alias “east”"))
    assert list(store.claims()["side"]) == ["Observers", "East", "East", "East"]
    assert views.event(store, "e1")["sides"] == {"East": 2, "Observers": 1}


def test_sources_are_set_and_shown(store: Store):
    names = ("source", "kind", "side", "reliability")
    rows = [dict(zip(names, ("Hill Radio", "radio", "North", "C"), strict=True))]
    store.set_sources(pd.DataFrame(rows))
    store.set_sources(pd.DataFrame([rows[0] | {"reliability": "B"}]))
    assert store.sources().values.tolist() == [["Hill Radio", "radio", "North", "B"]]
    assert views.claim(store, "c2")["source_grade"] == "B"


def test_a_run_tells_how_far_it_is_and_what_it_left_out(store: Store):
    run_id = store.start_run({"model": "small"})
    store.progress(run_id, "embed", 3, 9)
    store.add_left_out(run_id, [LeftOut("a.csv", "No text", "Fill it in.", row=7, column="text")])
    store.add_left_out(run_id, [LeftOut("b.txt", "Read as cp1252", "Check it.")], kind="note")
    run = views.runs(store).iloc[0]
    assert (run["state"], run["stage"], run["done"], run["total"]) == ("running", "embed", 3, 9)
    store.finish_run(run_id, "done", {"claims": 4})
    assert views.runs(store).iloc[0]["counts"] == {"claims": 4}
    told = views.left_out(store, run_id)
    assert list(told["kind"]) == ["left out", "note"]
    assert (told["row"].iloc[0], told["file"].iloc[1]) == (7, "b.txt")


def test_a_run_whose_process_was_killed_is_said_to_have_died(settings: Settings, empty: Store):
    code = (
        "import os, sys; from pathlib import Path; from verify.settings import Settings;"
        "from verify.store.store import Store;"
        "store = Store.open(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2]));"
        "store.start_run({}); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, settings.data_dir, settings.database_url])
    assert list(views.runs(empty)["state"]) == ["died"]


def test_a_run_that_nobody_started_cannot_go_on(empty: Store):
    with pytest.raises(InputError, match="no such run"):
        empty.progress("r9", "read", 1, 2)


def test_an_empty_store_shows_empty_pages(empty: Store):
    assert views.events(empty)[1] == views.claims(empty)[1] == views.pairs(empty)[1] == 0
    assert len(views.timeline(empty)) == len(views.sources(empty)) == len(views.runs(empty)) == 0
    assert views.speakers(empty)[1] == 0
    assert views.facets(empty)["side"] == []
    fill(empty)
    assert views.claims(empty)[1] == 4


def test_an_original_that_is_gone_is_said_in_one_line(empty: Store, tmp_path: Path):
    with pytest.raises(InputError, match="The file is gone"):
        empty.keep_original(tmp_path / "gone.txt", "0" * 64)


def test_what_is_fleeting_is_there_for_everybody_at_once(store: Store):
    with store.writing(fleeting=True) as connection:
        if connection.dialect.name == "postgresql":
            assert connection.scalar(text("SHOW synchronous_commit")) == "off"
        connection.execute(text("UPDATE claims SET place = 'Ashford'"))
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            assert connection.scalar(text("SHOW synchronous_commit")) == "on"
        assert set(connection.scalars(text("SELECT place FROM claims"))) == {"Ashford"}
