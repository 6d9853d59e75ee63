"""A cross-encoder that remembers: it reads what is new, and gives what it gave before."""

from collections.abc import Sequence

import numpy as np
import pytest

from verify.analysis.cross_encoder import OtherReader, PairReader, Readings
from verify.pipeline import build
from verify.remembering import Remembering, pair_hash, remembering
from verify.settings import Settings
from verify.store.store import Store


class Lengths:
    """Reads the lengths of texts; whichever comes first makes no difference."""

    name = "lengths"
    identity: str | None = "lengths 1"

    def __init__(self, *, says_together: bool = True) -> None:
        self.asked: list[tuple[str, str]] = []
        self._says = says_together

    def read(self, a: Sequence[str], b: Sequence[str], progress=None) -> Readings:
        self.asked += zip(a, b, strict=True)
        both = [sorted((len(one), len(other))) for one, other in zip(a, b, strict=True)]
        table = np.array(both, dtype=np.float64).reshape(len(a), 2) / 3
        return Readings(table[:, 0], table[:, 1], table.sum(axis=1) if self._says else None)


@pytest.fixture
def store(tmp_path) -> Store:
    return Store.open(Settings(data_dir=tmp_path))


def equal(one: Readings, other: Readings) -> bool:
    pairs = [(one.supports, other.supports), (one.conflicts, other.conflicts)]
    if one.together is not None and other.together is not None:
        pairs.append((one.together, other.together))
    return (one.together is None) == (other.together is None) and all(
        (a == b).all() for a, b in pairs
    )


@pytest.mark.parametrize("says", [True, False])
def test_what_was_read_is_not_read_again_and_comes_out_the_same(store: Store, says: bool) -> None:
    reader = Lengths(says_together=says)
    own = remembering(reader, store)
    assert own
    first = own.read(["a", "bcd", "a"], ["bb", "a", "bb"])
    assert reader.asked == [("a", "bb"), ("bcd", "a")] or len(reader.asked) == 2
    again = remembering(Lengths(says_together=says), store)
    assert again
    assert equal(again.read(["a", "bcd", "a"], ["bb", "a", "bb"]), first)
    assert equal(first, Lengths(says_together=says).read(["a", "bcd", "a"], ["bb", "a", "bb"]))


def test_only_new_pairs_are_read_whichever_text_comes_first(store: Store) -> None:
    reader = Lengths()
    own = Remembering(reader, "lengths 1", store)
    own.read(["one", "two"], ["three", "four"])
    told: list[int] = []
    reader.asked.clear()
    found = own.read(["three", "five", "four"], ["one", "six", "two"], told.append)
    assert reader.asked == [("five", "six")]
    assert equal(found, Lengths().read(["three", "five", "four"], ["one", "six", "two"]))


def test_other_weights_of_the_same_name_read_anew(store: Store) -> None:
    Remembering(Lengths(), "lengths 1", store).read(["a"], ["b"])
    reader = Lengths()
    Remembering(reader, "lengths 2", store).read(["a"], ["b"])
    assert reader.asked == [("a", "b")]


def test_no_pairs_and_odd_texts(store: Store) -> None:
    own = Remembering(Lengths(), "lengths 1", store)
    assert own.read([], []).supports.shape == (0,)
    odd = ["\ud83d", "naïve ☂", ""]
    assert equal(own.read(odd, odd), Lengths().read(odd, odd))
    assert pair_hash("a\0b", "c") != pair_hash("a", "b\0c")


def test_what_nothing_tells_from_other_weights_is_not_remembered(store: Store) -> None:
    reader = Lengths()
    reader.identity = None
    assert remembering(reader, store) is reader
    assert OtherReader.identity is None
    assert remembering(None, store) is None


@pytest.mark.model
def test_a_second_build_reads_no_pair_again(tmp_path, monkeypatch) -> None:
    told = "The ministry said 31 soldiers were killed at the bridge on Monday."
    other = "Rebels said at least 58 soldiers died at the bridge on Monday."
    for name, text in (("one", told), ("two", other)):
        (tmp_path / f"{name}.md").write_text(f"---\nsource: Gazette {name}\n---\n{text}\n")
    readers: list[Lengths] = []

    def loaded(*_: object, **__: object) -> PairReader:
        readers.append(Lengths())
        return readers[-1]

    monkeypatch.setattr("verify.relating.load_reader", loaded)
    settings = Settings(data_dir=tmp_path / "data")
    for _ in range(2):
        build([tmp_path / "one.md", tmp_path / "two.md"], Store.open(settings), settings)
    assert readers[0].asked
    assert not readers[1].asked
