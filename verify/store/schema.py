"""Every table that there is: whoever works on all of them takes ``metadata`` from here."""

from verify.store import evidence_table, pair_readings, stage_marks, team_tables
from verify.store.tables import metadata

__all__ = ["evidence_table", "metadata", "pair_readings", "stage_marks", "team_tables"]
