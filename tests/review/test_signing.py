"""An export that somebody stood for can be built again, byte for byte, whatever came after it."""

import gzip
import hashlib
import io
import json
from pathlib import Path

import pytest
from sqlalchemy import insert, text, update

from tests.framed import history
from tests.review.test_audit import tamper
from tests.store.bridge import DENIAL, SUPPORT, claim, document, killed, pair, relate
from verify.errors import InputError, StaleDecision, StoreError
from verify.records import CLAIMS, DECISIONS, DOCUMENTS, frame
from verify.review import asof, signed, signing
from verify.review.audit import audit
from verify.review.decisions import decide
from verify.review.evidence import attach_link, detach
from verify.review.export import COLUMNS, export
from verify.review.log import decision_hash
from verify.review.signed import SignOff
from verify.review.undoing import last_by, undo
from verify.store.filters import EVERYTHING, Filters
from verify.store.store import Store
from verify.store.tables import claims, decisions

SIGNED_OFF = Path(__file__).parent / "signed_off"


def told(low: int | None, words: str = "40") -> str:
    quantity = {**killed(40)[0], "low": low, "high": None, "text": words}
    return json.dumps([quantity], sort_keys=True, separators=(",", ":"))


DECISIONS_MADE = (
    ("claim", "c1", "status", "verified"),
    ("claim", "c2", "status", "disputed"),
    ("claim", "c4", "status", "unverifiable"),
    ("claim", "c1", "speaker_name", "Ahmad Massoud"),
    ("claim", "c1", "quantities", told(40)),
    ("claim", "c1", "information_grade", "2"),
    ("claim", "c3", "source_grade", "D"),
    ("source", "Hill Radio", "reliability", "C"),
    ("source", "Agency", "side", "independent"),
    ("speaker", "a spokesman", "side", "East"),
    ("pair", SUPPORT, "status", "confirmed"),
    ("pair", DENIAL, "status", "rejected"),
    ("claim", "c4", "event", "e1"),
)


@pytest.fixture
def decided(store: Store) -> Store:
    """Every kind of decision that an export shows."""
    for kind, target, field, value in DECISIONS_MADE[:-1]:
        decide(store, kind, target, value, field=field, reviewer="Ada", note="=so", seen_version=0)
    attach_link(store, ("claim", "c1"), "https://a.test/film", reviewer="Ada")
    attach_link(store, ("decision", "2"), "https://a.test/why", reviewer="Ben")
    gone = attach_link(store, ("claim", "c4"), "https://a.test/other", reviewer="Ben")
    detach(store, gone.evidence_id, reviewer="Ada", note="of another dam")
    kind, target, field, value = DECISIONS_MADE[-1]
    decide(store, kind, target, value, field=field, reviewer="Ada", note="=so", seen_version=0)
    return store


def signed_off(
    store: Store, fmt: str = "csv", filters: Filters = EVERYTHING
) -> tuple[SignOff, bytes]:
    out = io.BytesIO()
    return signing.sign_off(
        store, filters, out, fmt, reviewer="Ada", note="for print"
    ), out.getvalue()


def rebuilt(store: Store, found: SignOff) -> bytes:
    out = io.BytesIO()
    asof.rebuild(store, found, out)
    return out.getvalue()


def exported(store: Store, fmt: str = "csv", filters: Filters = EVERYTHING) -> bytes:
    out = io.BytesIO()
    export(store, filters, out, fmt)
    return out.getvalue()


def go_on(store: Store) -> None:
    """Decide more, take back, and let a later build read, group and relate otherwise."""
    decide(store, "claim", "c1", "disputed", reviewer="Ben", seen_version=1)
    decide(store, "claim", "c3", "verified", reviewer="Ben", seen_version=0)
    decide(store, "source", "Hill Radio", "A", field="reliability", reviewer="Ben", seen_version=1)
    undo(store, 4, "Ben")
    undo(store, 11, "Ben")
    undo(store, 17, "Ben")
    with store.writing() as connection:
        words = {"text": "Forty fell.", "event_time": "2019", "read_side": "West", "place": "Ur"}
        connection.execute(update(claims).values(words))
        connection.execute(text("UPDATE documents SET title = 'Another', url = 'https://b.test'"))
    relate(
        store, [pair("c3", "c4", "supports", event_id="e2")], {"c1": "e2", "c2": "e2", "c3": "e1"}
    )


@pytest.mark.parametrize("fmt", signed.SIGNABLE)
def test_a_sign_off_is_built_again_byte_for_byte_whatever_came_after_it(decided: Store, fmt: str):
    before = exported(decided, fmt)
    found, file = signed_off(decided, fmt)
    assert file == before
    go_on(decided)
    assert exported(decided, fmt) != before
    assert rebuilt(decided, found) == before


def test_a_sign_off_is_a_decision_that_names_file_rows_and_log(decided: Store):
    found, file = signed_off(decided, filters=Filters(status="verified", place="Ashford"))
    made = history(decided, "export", found.id).iloc[0]
    assert (made["seq"], made["field"], made["reviewer"], made["note"]) == (
        18, "signed_off", "Ada", "for print",
    )  # fmt: skip
    value = json.loads(made["value"])
    assert value == {
        "as_of": 17,
        "filters": {"status": "verified", "place": "Ashford"},
        "format": "csv",
        "rows": 1,
        "rows_sha256": found.content.rows_sha256,
        "sha256": hashlib.sha256(file).hexdigest(),
    }
    assert made["value"] == json.dumps(value, sort_keys=True, separators=(",", ":"))
    kept = (decided.originals / value["rows_sha256"]).read_bytes()
    assert hashlib.sha256(kept).hexdigest() == value["rows_sha256"]


def test_only_the_rows_of_its_filters_come_back(decided: Store):
    found, file = signed_off(decided, filters=Filters(side="North"))
    go_on(decided)
    assert rebuilt(decided, found) == file
    assert found.content.rows == 1


def test_an_empty_table_can_be_signed_off(store: Store):
    found, file = signed_off(store, filters=Filters(side="nobody"))
    assert (found.content.as_of, found.content.rows) == (0, 0)
    assert rebuilt(store, found) == file


def test_odd_characters_come_back_as_they_were(store: Store):
    odd = "\u202eקרב\u202c 𝔄𒀀 \U0010ffff\u2028\x85=1\r\n\ttab"
    store.add_documents(frame([document("d9", odd, title=odd)], DOCUMENTS), "r2")
    store.add_claims(frame([claim("c9", "d9", odd)], CLAIMS), "r2")
    decide(store, "claim", "c9", "disputed", reviewer="Zoë 𝔄", note=odd, seen_version=0)
    for fmt in signed.SIGNABLE:
        found, file = signed_off(store, fmt)
        assert rebuilt(store, found) == file == exported(store, fmt)


def test_sign_offs_are_listed_newest_first_and_say_if_one_was_withdrawn(decided: Store):
    first, _ = signed_off(decided)
    second, _ = signed_off(decided, "jsonl")
    undo(decided, first.seq, "Ben")
    listed = signed.sign_offs(decided)
    assert [one.id for one in listed] == [second.id, first.id]
    assert [one.withdrawn_by for one in listed] == [None, "Ben"]
    assert audit(decided) == []


def test_the_same_file_is_not_signed_off_twice_by_one_person(
    decided: Store, monkeypatch: pytest.MonkeyPatch
):
    first, _ = signed_off(decided)
    monkeypatch.setattr(signing, "_make", lambda *_: first.content)
    monkeypatch.setattr(signing, "copy", lambda *_: None)
    monkeypatch.setattr(Store, "keep_original", lambda *_: None)
    with pytest.raises(StaleDecision):
        signed_off(decided)


def test_the_key_that_takes_back_leaves_a_sign_off_alone(decided: Store):
    signed_off(decided)
    last = last_by(decided, "Ada")
    assert last is not None
    assert (last.target_kind, last.field) == ("claim", "event")


def test_excel_is_refused_with_the_reason(store: Store):
    with pytest.raises(InputError, match="version of what packs it"):
        signed_off(store, "xlsx")
    assert signed.sign_offs(store) == []


def test_nobody_signs_off_without_a_name(store: Store):
    with pytest.raises(InputError, match="needs a reviewer"):
        signing.sign_off(store, EVERYTHING, io.BytesIO(), reviewer=" ")


def test_a_place_that_cannot_be_written_leaves_no_sign_off(store: Store, tmp_path: Path):
    with pytest.raises(InputError, match="cannot be written"):
        signing.sign_off(store, EVERYTHING, tmp_path / "no" / "x.csv", reviewer="Ada")
    assert signed.sign_offs(store) == []


def test_kept_rows_that_were_changed_are_named_by_audit_and_refused(decided: Store):
    found, _ = signed_off(decided)
    path = decided.originals / found.content.rows_sha256
    lines = gzip.decompress(path.read_bytes()).replace(b"verified", b"disputed")
    path.chmod(0o644)
    path.write_bytes(gzip.compress(lines, mtime=0))
    fault = (
        f"The rows of sign-off {found.id} (decision 18, by Ada) are not those that were signed off."
    )
    assert audit(decided) == [fault]
    with pytest.raises(StoreError, match="are not those that were signed off"):
        rebuilt(decided, found)


def test_kept_rows_that_are_gone_are_named_by_audit_and_refused(decided: Store):
    found, _ = signed_off(decided)
    (decided.originals / found.content.rows_sha256).unlink()
    assert (
        f"The rows of sign-off {found.id} (decision 18, by Ada) cannot be read" in audit(decided)[0]
    )
    with pytest.raises(StoreError, match="cannot be read"):
        rebuilt(decided, found)


def test_a_changed_decision_is_named_by_audit_and_nothing_is_rebuilt(decided: Store):
    found, _ = signed_off(decided)
    tamper(decided, "UPDATE decisions SET value = 'disputed' WHERE seq = 1")
    assert "decision 1" in audit(decided)[0]
    with pytest.raises(StoreError, match="broken at decision 1"):
        rebuilt(decided, found)


def rechain(store: Store) -> None:
    """Hash the whole log anew, as somebody would who forges it."""
    with store.reading() as connection:
        rows = [
            dict(row)
            for row in connection.execute(text("SELECT * FROM decisions ORDER BY seq")).mappings()
        ]
    previous, statements = "0" * 64, []
    for row in rows:
        row["previous_hash"] = previous
        row["hash"] = previous = decision_hash(row, row["previous_hash"])
        statements.append(
            f"UPDATE decisions SET previous_hash = '{row['previous_hash']}', "
            f"hash = '{row['hash']}' WHERE seq = {row['seq']}"
        )
    tamper(store, *statements)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("value = 'disputed' WHERE seq = 1", "claim c1: by the decision log its status"),
        ("reviewer = 'Eve' WHERE seq = 2", "claim c2: by the decision log its reviewer"),
        ("value = 'E' WHERE seq = 8", "claim c2: by the decision log its source_grade"),
        ("value = 'South' WHERE seq = 10", "claim c3: by the decision log its side"),
        ("value = 'confirmed' WHERE seq = 12", "its conflicting_claim_ids"),
        ("value = NULL WHERE seq = 17", "claim c4: by the decision log its event_id"),
        ("value = 'Massoud' WHERE seq = 4", "claim c1: by the decision log its speaker"),
    ],
)  # fmt: skip
def test_a_log_that_was_forged_as_a_whole_disagrees_with_the_kept_rows(
    decided: Store, change: str, named: str
):
    found, _ = signed_off(decided)
    tamper(decided, f"UPDATE decisions SET {change}")
    rechain(decided)
    with pytest.raises(StoreError) as caught:
        rebuilt(decided, found)
    assert named in str(caught.value)


def test_a_decision_forged_away_disagrees_with_the_kept_rows(decided: Store):
    found, _ = signed_off(decided)
    tamper(decided, "UPDATE decisions SET target_id = 'c3' WHERE seq = 1")
    rechain(decided)
    with pytest.raises(StoreError, match="c1: by the decision log its status is 'unreviewed'"):
        rebuilt(decided, found)


def test_every_column_that_a_decision_may_set_is_one_of_the_table(store: Store):
    assert set(asof.DECIDED) < set(COLUMNS)
    assert set(COLUMNS) - set(asof.DECIDED) >= {"claim_id", "run_id", "document_sha256"}


def test_a_table_of_an_earlier_version_keeps_its_columns(
    decided: Store, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(signing, "COLUMNS", COLUMNS[:-3])
    monkeypatch.setitem(
        signing.FORMATS, "csv",
        lambda table, out, bom: asof.write_csv(table, out, bom, COLUMNS[:-3]),
    )  # fmt: skip
    found, file = signed_off(decided)
    monkeypatch.undo()
    assert rebuilt(decided, found) == file
    assert b"origin_id" not in file


def test_the_log_alone_holds_no_other_value_for_a_sign_off(store: Store):
    for value in (None, "", "{}", '{"as_of":1}', "[]"):
        with pytest.raises(InputError, match="This is no sign-off"):
            decide(store, "export", "x1", value, field="signed_off", reviewer="Ada", seen_version=0)
    assert set(DECISIONS) == set(history(store, "export", "x1").columns)


def test_what_the_first_version_signed_off_can_still_be_built(empty: Store):
    """The files were written once, by 0.1.0; a version that cannot build them breaks a promise."""
    kept = (SIGNED_OFF / "rows.jsonl.gz").read_bytes()
    lines = (SIGNED_OFF / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    with empty.writing() as connection:
        connection.execute(insert(decisions), [json.loads(line) for line in lines])
    (empty.originals / hashlib.sha256(kept).hexdigest()).write_bytes(kept)
    (found,) = signed.sign_offs(empty)
    assert hashlib.sha256(rebuilt(empty, found)).hexdigest() == found.content.sha256
