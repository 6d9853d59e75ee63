"""Two claims read side by side, by the packaged model and in its place."""

import numpy as np
import pandas as pd
import pytest

from verify import records
from verify.analysis.cross_encoder import NONE, PACKAGED, Readings, label_order, load_reader
from verify.analysis.relate import relate
from verify.errors import ModelError

BRIDGE, NO_BRIDGE = "The bridge at Torva was destroyed on Monday.", "The bridge at Torva stands."


def test_none_is_no_reader() -> None:
    assert load_reader(NONE) is None


def test_labels_are_found_by_their_names_whatever_their_order() -> None:
    assert label_order("m", {0: "CONTRADICTION", 1: "entailment", 2: "Neutral"}) == [1, 0, 2]


@pytest.mark.parametrize("labels", [{0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}, {0: "entailment"}])
def test_other_labels_are_one_clear_error(labels: dict[int, str]) -> None:
    with pytest.raises(ModelError, match="labels of the relation model"):
        label_order("m", labels)


def test_a_missing_model_says_what_to_name() -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_reader("no-such-folder/model")


def test_the_packaged_model_reads_either_way_round_alike() -> None:
    reader = load_reader(PACKAGED)
    assert reader is not None
    one, other = reader.read([BRIDGE], [NO_BRIDGE]), reader.read([NO_BRIDGE], [BRIDGE])
    assert np.allclose(one.conflicts, other.conflicts, atol=1e-4)
    assert len(reader.read([], []).supports) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BRIDGE, "The bridge at Torva was not destroyed on Monday."),
        (BRIDGE, "Reports that the bridge at Torva was destroyed are an invention."),
        ("Government jets bombed the clinic in Torva on Monday.",
         "The clinic in Torva was bombed on Monday by coalition jets."),
        ("Nine people drowned at Torva on Monday.", "Monday's flood at Torva drowned 31 people."),
    ],
)  # fmt: skip
def test_the_packaged_model_sees_a_contradiction(one: str, other: str) -> None:
    reader = load_reader(PACKAGED)
    assert reader is not None
    found = reader.read([one], [other])
    assert found.conflicts[0] > max(0.0, found.supports[0])


class Sure:
    """Reads every pair as a conflict."""

    name = "sure"

    def read(self, a, b, progress=None):  # type: ignore[no-untyped-def]
        return Readings(np.full(len(a), -9.0), np.full(len(a), 9.0))


def claims() -> pd.DataFrame:
    rows = [
        {"claim_id": f"c{number}", "doc_id": f"d{number}", "text": text, "quantities": [],
         "side": "unknown", "negated": False, "denied": False, "hedged": False}
        for number, text in enumerate([BRIDGE, NO_BRIDGE])
    ]  # fmt: skip
    return records.frame(rows, records.CLAIMS)


def test_a_reading_is_one_reason_and_the_reasons_add_up() -> None:
    pairs = pd.DataFrame(
        {"a": ["c0"], "b": ["c1"], "event_id": ["e"], "similarity": [0.8], "same_event": [0.9]}
    )
    (plain,) = records.rows(relate(pairs, claims()))
    (read,) = records.rows(relate(pairs, claims(), reader=Sure()))
    assert "read" not in {reason["name"] for reason in plain["reasons"]}
    assert [reason["name"] for reason in read["reasons"]].count("read") == 1
    assert read["p_conflicts"] > plain["p_conflicts"]
    odds = sum(reason["conflicts"] for reason in read["reasons"])
    others = sum(reason["supports"] for reason in read["reasons"])
    assert read["p_conflicts"] == pytest.approx(
        np.exp(odds) / (np.exp(odds) + np.exp(others) + 1), abs=1e-6
    )
