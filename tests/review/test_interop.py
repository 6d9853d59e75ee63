"""Exports for other programs keep to their schemas and to what the standards ask."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.store.bridge import claim, document
from verify.dashboard import addresses
from verify.errors import InputError
from verify.records import CLAIMS, DOCUMENTS, content_id, frame
from verify.review.decisions import decide
from verify.review.export import COLUMNS, export
from verify.review.interop import Published, claim_review
from verify.review.interop.published import urn, web_address
from verify.settings import Settings
from verify.store.filters import EVERYTHING, Filters
from verify.store.store import Store

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


def schema(name: str) -> Draft202012Validator:
    told = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(told)
    return Draft202012Validator(told)


def written(store: Store, fmt: str, filters: Filters = EVERYTHING, **published: str) -> bytes:
    out = io.BytesIO()
    export(store, filters, out, fmt, published=Published(**published))
    return out.getvalue()


def reviews(store: Store, **published: str) -> list[dict[str, Any]]:
    told = json.loads(written(store, "claimreview", **published))
    schema("claimreview").validate(told)
    return list(told["@graph"])


def annotations(store: Store, filters: Filters = EVERYTHING, **published: str) -> dict[str, Any]:
    told = json.loads(written(store, "annotation", filters, **published))
    schema("annotation").validate(told)
    return dict(told)


@pytest.fixture
def decided(store: Store) -> Store:
    for claim_id, status in (("c1", "verified"), ("c3", "disputed"), ("c4", "unverifiable")):
        decide(store, "claim", claim_id, status, reviewer="Ada", note="for us", seen_version=0)
    return store


def add(store: Store, text: str, start: int, end: int, doc: dict[str, Any], **more: Any) -> None:
    store.add_documents(frame([document("d9", text, **doc)], DOCUMENTS), "r2")
    told = {**claim("c9", "d9", text[start:end], **more), "start": start, "end": end}
    store.add_claims(frame([told], CLAIMS), "r2")


def test_only_decided_claims_are_reviewed_in_the_words_of_the_desk(decided: Store):
    ratings = {one["identifier"]: one["reviewRating"] for one in reviews(decided)}
    assert {name: rating["alternateName"] for name, rating in ratings.items()} == {
        "c1": "verified", "c3": "disputed", "c4": "unverifiable",
    }  # fmt: skip
    assert [name for one in ratings.values() for name in one] == ["@type", "alternateName"] * 3


def test_a_status_that_was_taken_back_is_no_review(decided: Store):
    decide(decided, "claim", "c1", "unreviewed", reviewer="Ada", seen_version=1)
    assert [one["identifier"] for one in reviews(decided)] == ["c3", "c4"]


def test_a_review_names_claim_speaker_and_where_it_stood(decided: Store):
    first, second, third = (one["itemReviewed"] for one in reviews(decided))
    assert first["text"] == "Forty soldiers fell at the bridge."
    assert first["author"] == {"@type": "Person", "name": "General Ode"}
    assert first["appearance"] == {
        "@type": "CreativeWork", "name": "At the bridge", "datePublished": "2020-05-04T10:00:00Z",
        "publisher": {"@type": "Organization", "name": "North Post"},
    }  # fmt: skip
    assert third["author"] == {"@type": "Organization", "name": "Agency"}
    assert third["appearance"]["url"] == "https://a.test/4"
    assert second["author"]["name"] == "a spokesman"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ministry of Defence", "Organization"), ("the Taliban", "Organization"),
        ("Ahmad Massoud", "Person"), ("commander of the National Resistance Front", "Person"),
        ("West Bank", "Organization"), ("a nurse", "Person"),
    ],
)  # fmt: skip
def test_a_speaker_is_a_person_unless_the_name_says_a_body(store: Store, name: str, kind: str):
    add(store, "Ten fell.", 0, 9, {}, speaker=name)
    decide(store, "claim", "c9", "disputed", reviewer="Ada", seen_version=0)
    assert reviews(store)[0]["itemReviewed"]["author"] == {"@type": kind, "name": name}


def test_the_reviewer_signs_unless_an_organisation_does(decided: Store):
    assert reviews(decided)[0]["author"] == {"@type": "Person", "name": "Ada"}
    signed = reviews(decided, publisher="The Desk", public_url="https://desk.test")[0]
    assert signed["author"] == {
        "@type": "Organization", "name": "The Desk", "url": "https://desk.test",
    }  # fmt: skip
    assert "Ada" not in json.dumps(signed)


def test_a_note_of_the_desk_is_not_published(decided: Store):
    assert b"for us" not in written(decided, "claimreview")
    assert b"for us" in written(decided, "annotation")


def test_a_review_has_an_address_only_where_the_desk_has_one(decided: Store):
    without = reviews(decided)[0]
    assert "url" not in without
    assert without["@id"] == urn("c1")
    assert reviews(decided, public_url="https://desk.test")[0]["url"] == (
        f"https://desk.test/{addresses.SCREENS['claim'].path}?claim=c1"
    )
    assert addresses.claim("c1") == {"claim": "c1"}


def test_what_somebody_denies_is_not_put_into_their_mouth(store: Store):
    text = "The army denied that forty fell."
    add(store, text, 21, 31, {}, speaker="The army", cue="denied", denied=True)
    decide(store, "claim", "c9", "verified", reviewer="Ada", seen_version=0)
    (told,) = reviews(store)
    assert told["claimReviewed"] == "The army denied: “forty fell”"
    assert told["itemReviewed"]["text"] == told["claimReviewed"]
    assert told["itemReviewed"]["author"] == {"@type": "Organization", "name": "The army"}


def test_nothing_in_a_text_ends_the_script_element_that_holds_it(store: Store):
    add(store, "</script><script>alert(1)", 0, 25, {})
    decide(store, "claim", "c9", "disputed", reviewer="<b>", seen_version=0)
    for fmt in ("claimreview", "annotation"):
        assert b"<" not in written(store, fmt)
    assert reviews(store)[0]["claimReviewed"] == "</script><script>alert(1)"


def test_each_claim_is_a_passage_of_its_document(decided: Store):
    told = annotations(decided)
    assert (told["total"], len(told["first"]["items"])) == (4, 4)
    first, second = told["first"]["items"][:2]
    assert first["motivation"] == "assessing"
    assert first["creator"] == {"type": "Person", "name": "Ada"}
    assert {(body["purpose"], body["value"]) for body in first["body"]} == {
        ("assessing", "verified"), ("identifying", "General Ode"), ("classifying", "North"),
        ("commenting", "for us"), ("tagging", "Ashford"), ("tagging", "killed"),
    }  # fmt: skip
    assert second["motivation"] == "identifying"
    assert second["creator"]["type"] == "Software"
    assert "created" not in second


def test_an_empty_selection_is_a_collection_of_nothing(store: Store):
    told = annotations(store, Filters(side="nobody"))
    assert (told["total"], "first" in told) == (0, False)
    assert reviews(store) == []


def test_a_document_is_named_by_its_address_else_by_its_bytes(store: Store):
    sha256 = "ab" * 32
    add(store, "Ten fell.", 0, 9, {"url": "see below", "original_sha256": sha256, "row": 7})
    sources = [one["target"]["source"] for one in annotations(store)["first"]["items"]]
    assert sources[3:] == ["https://a.test/4", f"urn:sha256:{sha256}#row=7"]
    assert sources[0] == urn("d1")


def test_the_words_alone_are_given_where_their_place_holds_others(store: Store):
    add(store, "Ten fell.", 0, 9, {})
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE documents SET text = 'Nine fell' WHERE doc_id = 'd9'")
    selector = annotations(store)["first"]["items"][-1]["target"]["selector"]
    assert selector == [{"type": "TextQuoteSelector", "exact": "Ten fell."}]


def test_a_claim_that_a_later_version_annotates_keeps_its_name(store: Store):
    one, again = (annotations(store)["first"]["items"][0]["id"] for _ in range(2))
    assert one == again == urn("c1")
    linked = annotations(store, public_url="https://desk.test")["first"]["items"][0]
    assert linked["id"] == "https://desk.test/claim?claim=c1#annotation"


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://a.test/ü b?q=\"1\"&r=%20", "https://a.test/%C3%BC%20b?q=%221%22&r=%20"),
        ("HTTP://A.test", "HTTP://A.test"),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("http://[::1", None),
        ("a.test/x", None),
        ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_addresses(given: str | None, address: str | None):
    assert web_address(given) == address


def test_a_public_address_that_is_none_is_refused():
    with pytest.raises(InputError, match="is no address"):
        Published.of(Settings(public_url="desk"))


def test_the_schema_of_a_row_has_the_columns_of_the_table(decided: Store):
    rows = schema("review-row")
    assert list(rows.schema["properties"]) == list(COLUMNS)
    for line in written(decided, "jsonl").splitlines():
        rows.validate(json.loads(line))


@pytest.mark.parametrize("name", ["claimreview", "annotation", "review-row"])
def test_a_schema_refuses_what_the_format_does_not_have(name: str, decided: Store):
    fmt = {"review-row": "jsonl"}.get(name, name)
    told = json.loads(written(decided, fmt).splitlines()[0] if fmt == "jsonl" else
                      written(decided, fmt))  # fmt: skip
    assert schema(name).is_valid(told)
    assert not schema(name).is_valid({**told, "score": 0.9})
    assert not schema(name).is_valid(dict(list(told.items())[1:]))


LETTERS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        st.sampled_from('\u202e\u200f\u2066אבق𝔄𒀀\U0010ffff\u2028\x85"\\<>\u0301'),
    ),
    max_size=60,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    before=LETTERS, words=LETTERS.filter(bool), behind=LETTERS, name=st.none() | LETTERS,
    url=st.none() | LETTERS.map("https://a.test/".__add__) | LETTERS, denied=st.booleans(),
)  # fmt: skip
def test_any_text_comes_back_at_its_place(
    empty: Store, before: str, words: str, behind: str, name: str | None, url: str | None,
    denied: bool,
):  # fmt: skip
    """Right-to-left, beyond the basic plane, controls; speaker, title, source, address missing."""
    text = before + words + behind
    start, end = len(before), len(before) + len(words)
    doc_id = content_id("d", before, words, behind, name, url, denied)
    given = {"url": url, "title": name, "source": name, "published_at": None}
    if empty.documents([doc_id]).size:
        return  # tried before
    told = claim(f"c{doc_id}", doc_id, words, speaker=name, denied=denied, place=name)
    empty.add_documents(frame([document(doc_id, text, **given)], DOCUMENTS), "r")
    empty.add_claims(frame([{**told, "start": start, "end": end}], CLAIMS), "r")
    decide(empty, "claim", f"c{doc_id}", "disputed", reviewer="Ö", note="n", seen_version=0)
    chosen = Filters(claim_ids=(f"c{doc_id}",))
    (note,) = annotations(empty, chosen)["first"]["items"]
    quote, position = note["target"]["selector"]
    assert quote == {
        "type": "TextQuoteSelector", "exact": words, "prefix": before[-32:], "suffix": behind[:32],
    }  # fmt: skip
    assert text[position["start"] : position["end"]] == words
    (review,) = json.loads(written(empty, "claimreview", chosen))["@graph"]
    assert words in review["claimReviewed"]
    schema("claimreview").validate({"@context": claim_review.CONTEXT, "@graph": [review]})
