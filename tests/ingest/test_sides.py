from pathlib import Path

import pytest

from verify.errors import InputError
from verify.ingest.extract import extract
from verify.ingest.sides import NO_SIDES, Side, Sides, label, load_sides
from verify.records import CLAIMS, DOCUMENTS, frame

RIVER = Sides(
    (
        Side("North", ("Northern Guard", "Guard", "الحرس الشمالي"), ("Guard Radio",)),
        Side("South", ("Southerner", "Southern Council"), ("Council Daily",)),
        Side("independent", ("nurse",), ("Wire",)),
    )
)


@pytest.mark.parametrize(
    ("words", "side", "alias"),
    [
        ("a supporter of the Northern Guard", "North", "Northern Guard"),
        ("the guard's commander", "North", "Guard"),
        ("Southerners", "South", "Southerner"),
        ("SOUTHERN COUNCIL", "South", "Southern Council"),
        ("a Southern Council man who once served the Northern Guard", "South", "Southern Council"),
        ("متحدث باسم الحرس الشمالي", "North", "الحرس الشمالي"),
    ],
)
def test_longest_alias_in_the_words_names_the_side(words, side, alias):
    assert RIVER.of_words(words) == (side, alias)


@pytest.mark.parametrize(
    "words",
    [
        "anti-Guard fighters",
        "a guardian",
        "non-Southerner",
        "opponents of the Northern Guard",
        "",
        None,
    ],
)
def test_words_against_a_side_or_inside_another_word_name_nobody(words):
    assert RIVER.of_words(words) is None


def test_source_is_matched_whole_and_whatever_the_case():
    assert RIVER.of_source("guard radio") == ("North", "Guard Radio")
    assert RIVER.of_source("Old Guard Radio") is None


def claims_of(**row):
    documents = frame([{"doc_id": "d", "source": row.pop("source", None),
                        "given": row.pop("given", {})}], DOCUMENTS)  # fmt: skip
    return frame([{"claim_id": "c", "doc_id": "d", **row}], CLAIMS), documents


@pytest.mark.parametrize(
    ("row", "side", "reason"),
    [
        (
            {"speaker": "a Southerner", "source": "Guard Radio"},
            "South",
            'speaker "a Southerner" matches alias "Southerner"',
        ),
        (
            {"speaker": "he", "speaker_name": "the Northern Guard chief"},
            "North",
            'speaker "the Northern Guard chief" matches alias "Northern Guard"',
        ),
        (
            {"speaker": "a trader", "given": {"side": "south"}},
            "South",
            "stated in the claims table",
        ),
        ({"source": "Council Daily"}, "South", 'source "Council Daily" speaks for South'),
        (
            {"speaker": "a trader", "source": "Council Daily"},
            "unknown",
            'no alias matches speaker "a trader"',
        ),
        (
            {"speaker": "Guard Radio", "source": "Wire"},
            "North",
            'speaker "Guard Radio" matches alias "Guard"',
        ),
    ],
)
def test_side_of_a_claim_says_why(row, side, reason):
    labelled = label(*claims_of(**row), RIVER)
    assert (labelled.side[0], labelled.side_reason[0]) == (side, reason)


def test_actor_carries_a_side_of_its_own():
    claims, documents = claims_of(actor="Southern Council troops", speaker="a guard")
    labelled = label(claims, documents, RIVER)
    assert (labelled.side[0], labelled.actor_side[0]) == ("North", "South")
    assert claims.side[0] is None  # the frame that came in is left as it was


def test_each_count_carries_the_side_of_those_counted():
    counts = [{"counted": "Northern Guard fighters"}, {"counted": "civilians"}, {"counted": None}]
    claims, documents = claims_of(quantities=counts)
    [labelled] = label(claims, documents, RIVER)["quantities"]
    assert [count["side"] for count in labelled] == ["North", None, None]
    assert "side" not in claims.quantities[0][0]  # the frame that came in is left as it was


def test_no_sides_leave_every_claim_unknown():
    assert label(*claims_of(speaker="a guard"), NO_SIDES).side[0] == "unknown"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sides.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_load_reads_names_aliases_and_sources(tmp_path):
    path = written(tmp_path, '[[side]]\nname = "A"\naliases = ["x"]\nsources = ["S"]\n')
    assert load_sides(path) == Sides((Side("A", ("x",), ("S",)),))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            '[[side]]\nname = "A"\naliases = ["x"]\n[[side]]\nname = "B"\naliases = ["X"]\n',
            "aliases",
        ),
        ('[[side]]\nname = "A"\n[[side]]\nname = "A"\n', "name"),
        ('[[side]]\nname = "A"\ncolour = "red"\n', "side[1].colour"),
        ('[[side]]\nname = "A"\naliases = "x"\n', "side[1].aliases"),
        ('[[side]]\nname = "A"\naliases = [" "]\n', "side[1].aliases"),
        ("[[side]]\naliases = []\n", "side[1].name"),
        ('[[side]]\nname = "unknown"\n', "side[1].name"),
        ('side = "A"\n', "side"),
        ('sides = ["A"]\n', "sides"),
        ("[[side]\n", "sides.toml"),
    ],
)
def test_faulty_file_names_the_file_and_the_key(tmp_path, text, key):
    with pytest.raises(InputError) as caught:
        load_sides(written(tmp_path, text))
    assert "sides.toml" in caught.value.where
    assert key in caught.value.where


def test_missing_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        load_sides(tmp_path / "none.toml")


def test_a_speaker_has_the_side_of_the_words_that_introduce_him():
    text = (
        "The spokesman of the Northern Army, Colonel Viktor Brandt, said the bridge fell. "
        "Brandt said the road was open."
    )
    sides = Sides((Side("North", ("Northern Army",), ()),))
    document = {"doc_id": "d", "kind": "text", "text": text, "given": {}}
    found = extract(frame([document], DOCUMENTS), sides)
    assert found["side"].tolist() == ["North", "North"]
