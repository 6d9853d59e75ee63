"""What the program gives as plain rows, as frames: tests compare whole columns."""

import pandas as pd

from verify.records import DECISIONS, frame
from verify.review import decisions, queue
from verify.store.store import Store
from verify.store.view_rows import CLAIM_VIEW, PAIR_VIEW

WHY = {"why": "text"}


def history(store: Store, target_kind: str, target_id: str) -> pd.DataFrame:
    return frame(decisions.history(store, target_kind, target_id), DECISIONS)


def next_claims(*asked, **told) -> pd.DataFrame:
    return frame(queue.next_claims(*asked, **told), {**CLAIM_VIEW, **WHY})


def next_pairs(*asked, **told) -> pd.DataFrame:
    return frame(queue.next_pairs(*asked, **told), {**PAIR_VIEW, **WHY})
