"""How one desk relates pairs: by its tuned file, and with the model that it names, if any."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from verify.analysis.cross_encoder import PairReader, load_reader
from verify.analysis.relate import RelateSettings, relate
from verify.analysis.tuned import Tuned
from verify.settings import Settings


@dataclass(frozen=True)
class Relating:
    """Relates pairs as a build of this desk does; called as `verify.analysis.relate.relate`."""

    settings: RelateSettings
    reader: PairReader | None

    @classmethod
    def of(cls, settings: Settings, tuned: Tuned | None = None) -> Relating:
        """Load what a build uses. Raises ``ModelError`` where the relation model is missing."""
        reader = load_reader(settings.relation_model, allow_hub=settings.allow_hub)
        return cls(tuned.settings if tuned else RelateSettings(), reader)

    def identity(self) -> str | None:
        """Tell these settings and this model from others; None where nothing tells the model."""
        if self.reader is None:
            return repr(self.settings)
        known = self.reader.identity
        return None if known is None else f"{self.settings!r} {known}"

    def under(self, settings: RelateSettings) -> Relating:
        """Relate under other values, with the same model."""
        return replace(self, settings=settings)

    def __call__(self, pairs: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
        """Relate pairs of claims (PAIRS, in their order)."""
        return relate(pairs, claims, self.settings, self.reader)
