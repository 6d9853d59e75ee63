"""What reported speech is made of, whoever finds it: rules or a model."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement put in someone's mouth, as offsets into the document's text."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    lemma: str
    via: Span | None = None
    """Who passes it on, where someone says that another one said it."""

    @property
    def reach(self) -> Span:
        """From where its content begins to where it ends."""
        return min(start for start, _ in self.content), max(end for _, end in self.content)

    @property
    def extent(self) -> Span:
        """From the first to the last of source, cue and content."""
        spans = [span for span in (self.source, self.cue, *self.content) if span]
        return min(start for start, _ in spans), max(end for _, end in spans)
