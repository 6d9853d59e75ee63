import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from verify.analysis.embed import SentenceEncoder, load_encoder
from verify.errors import ModelError
from verify.records import text_hash


class LengthModel:
    """Stands in for sentence-transformers: a text's vector points where its length says."""

    def get_embedding_dimension(self) -> int:
        return 8

    def encode(self, texts, **_):
        return np.eye(8, dtype=np.float32)[[len(text) for text in texts]]


def test_vectors_come_in_the_order_of_the_texts() -> None:
    encoder = SentenceEncoder("lengths", LengthModel())
    vectors = encoder.encode(["abc", "a", "abcde"])
    assert vectors.argmax(axis=1).tolist() == [3, 1, 5]
    assert vectors.dtype == np.float32


def test_progress_adds_up_to_all_texts() -> None:
    told: list[int] = []
    SentenceEncoder("lengths", LengthModel()).encode(["a"] * 600, told.append)
    assert sum(told) == 600
    assert len(told) > 1


def test_no_texts_give_no_vectors() -> None:
    assert SentenceEncoder("lengths", LengthModel()).encode([]).shape == (0, 8)


def test_a_hash_tells_texts_apart_by_every_character() -> None:
    assert text_hash("A bridge") == text_hash("A bridge")
    assert text_hash("A bridge") != text_hash("A bridge ")
    assert len(text_hash("\ud800")) == 64


def test_importing_the_module_does_not_import_torch() -> None:
    code = "import sys, verify.analysis.group; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.model
def test_a_model_that_is_nowhere_is_one_line_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="VERIFY_ALLOW_HUB") as fault:
        load_encoder(str(tmp_path / "no-model"))
    assert "\n" not in str(fault.value)


@pytest.mark.model
def test_an_empty_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_encoder(str(tmp_path))


@pytest.mark.model
def test_the_packaged_model_puts_one_fact_in_two_wordings_side_by_side() -> None:
    encoder = load_encoder()
    a, b, c = encoder.encode(
        ["Shells hit the old bridge.", "The old bridge was shelled.", "Bread prices rose again."]
    )
    assert encoder.dimension == 384
    assert np.isclose(np.linalg.norm(a), 1, atol=1e-5)
    assert a @ b > 0.8 > 0.4 > a @ c
