"""Claims that somebody else has on screen, many at once."""

from sqlalchemy import insert

from verify.store.store import Store
from verify.store.team_tables import holds


def hold(store: Store, holder: str, ids: list[str]) -> None:
    """Let somebody hold many, as several browsers would."""
    rows = [
        {"target_kind": "claim", "target_id": claim_id, "holder": holder,
         "since": "2026-05-03T12:00:00Z", "until": "9999-01-01T00:00:00Z"}
        for claim_id in ids
    ]  # fmt: skip
    with store.writing() as connection:
        connection.execute(insert(holds), rows)
