"""How a record is told: every share with what it is of and its interval, none of too few."""

import pytest

from tests.store.bridge import claim, document, fill
from verify.records import CLAIMS, DOCUMENTS, frame
from verify.review import source_record
from verify.review.decisions import decide
from verify.store.source_records import RECORD
from verify.store.store import Store


def row(**counts: int) -> dict:
    return {**dict.fromkeys(RECORD, 0), "name": "North Post", **counts}


def reviewed(verified: int, disputed: int, unverifiable: int = 0) -> dict:
    found = verified + disputed + unverifiable
    told = {"verified": verified, "disputed": disputed, "unverifiable": unverifiable}
    return row(claims=40, reviewed=found, **told)


def test_a_share_says_what_it_is_of_and_what_it_may_be():
    share = source_record.share(reviewed(7, 2), "verified")
    assert source_record.in_words(share) == "7 of 9 reviewed: 45–94\u00a0%"
    assert source_record.caveat(source_record.shares(reviewed(7, 2))) == (
        "With 9 reviewed claims the share verified could be anywhere from 45 to 94\u00a0%, "
        "the share disputed from 6 to 55\u00a0%."
    )


def test_unverifiable_claims_are_in_neither_share_and_it_says_so():
    share = source_record.share(reviewed(7, 2, 3), "verified")
    assert (share.part, share.whole) == (7, 9)
    words = source_record.in_words(share, unverifiable=3)
    assert words == "7 of 9 reviewed, unverifiable left out: 45–94\u00a0%"
    caveat = source_record.caveat([share], unverifiable=3)
    assert caveat.startswith("With 9 reviewed claims, unverifiable left out, the share verified")


@pytest.mark.parametrize(("verified", "disputed", "told"), [(2, 2, 0), (4, 0, 0), (3, 2, 2)])
def test_of_fewer_than_five_no_share_is_told(verified, disputed, told):
    assert len(source_record.shares(reviewed(verified, disputed, unverifiable=9))) == told


def test_whole_per_cents_are_rounded_outward_and_reach_the_ends_only_there():
    assert source_record.share(reviewed(0, 10), "verified").percents == (0, 28)
    assert source_record.share(reviewed(10, 0), "verified").percents == (72, 100)
    assert source_record.share(reviewed(9999, 1), "verified").percents == (99, 100)


def test_one_line_says_counts_and_interval_never_a_bare_percentage():
    assert source_record.brief(row(claims=1)) == "North Post: 1 claim, none reviewed"
    few = source_record.brief(reviewed(1, 2))
    assert few == "North Post: 40 claims, 3 reviewed (1 verified, 2 disputed): too few for a share"
    enough = source_record.brief(reviewed(7, 2))
    assert enough == "North Post: 40 claims; verified 7 of 9 reviewed: 45–94\u00a0%"


def test_each_figure_is_told_with_what_it_is_of():
    counts = {"repeats": 3, "repeats_reviewed": 1, "shared": 8, "first": 5, "later": 2}
    links = {"contradicted": 6, "contradicted_confirmed": 2, "corroborated": 8, "origins": 4}
    told = dict(source_record.figures({**reviewed(7, 2, 1), **counts, **links}))
    assert told == {
        "Claims": "40, and 3 that repeat another nearly word for word",
        "Reviewed": "10 of 40: 7 verified, 2 disputed, 1 unverifiable; of the repeats 1",
        "Said first": "5 of 8 that others repeat or support; 2 said after one of them; "
        "of 1 the order is not known",
        "Contradicted": "6 of 40; 2 by a confirmed conflict",
        "Corroborated": "8 of 40, by 4 independent origins in all",
    }


def test_the_table_holds_the_ends_of_both_intervals_where_enough_was_reviewed(empty: Store):
    fill(empty)
    told = [document(f"t{n}", f"Shell {n} fell.", source="Hill Radio") for n in range(5)]
    claims = [claim(f"t{n}", f"t{n}", f"Shell {n} fell.") for n in range(5)]
    empty.add_documents(frame(told, DOCUMENTS), "r1")
    empty.add_claims(frame(claims, CLAIMS), "r1")
    for n in range(5):
        value = "verified" if n else "disputed"
        decide(empty, "claim", f"t{n}", value, reviewer="Ada", seen_version=0)
    table = source_record.table(empty, "source").set_index("name")
    hill = table.loc["Hill Radio"]
    assert (hill["claims"], hill["verified_or_disputed"]) == (6, 5)
    ends = [hill[f"{name}_{end}"] for name in ("verified", "disputed") for end in ("low", "high")]
    assert ends == pytest.approx([0.3755, 0.9638, 0.0362, 0.6245])
    assert table.loc["North Post", ["verified_low", "verified_high"]].isna().all()
