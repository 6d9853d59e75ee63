"""What the rules and the model read together; the model is a fake but where marked."""

import numpy as np
import pytest

from verify.ingest.attribution import attributions
from verify.ingest.sentences import sentence_spans
from verify.ingest.spoken import Attribution
from verify.ingest.tagger import ROLES, decoded, packaged
from verify.ingest.windows import Window


def span(text, words):
    start = text.index(words)
    return start, start + len(words)


class Fake:
    """Answers with what a test says that the model found."""

    def __init__(self, *found):
        self.found = list(found)

    def attributions(self, text, sentences):
        return self.found


def said(text, source, cue, *content, lemma="say"):
    return Attribution(
        span(text, source) if source else None,
        span(text, cue),
        tuple(span(text, part) for part in content),
        lemma,
    )


def read(text, *found):
    def words(each):
        return text[slice(*each)] if each else None

    return [
        (words(one.source), words(one.cue), [words(part) for part in one.content], words(one.via))
        for one in attributions(text, sentence_spans(text), Fake(*found))
    ]


def test_without_a_model_the_rules_read():
    text = "The mayor said ten men died."
    (one,) = attributions(text, sentence_spans(text), None)
    assert text[slice(*one.source)] == "The mayor"


def test_who_passes_a_statement_on_is_kept_beside_the_speaker():
    text = "Reuters said the army had claimed that ten men died."
    outer = said(text, "Reuters", "said", "the army had claimed that ten men died")
    assert read(text, outer) == [
        ("the army", "had claimed", ["that ten men died"], "Reuters"),
    ]


def test_an_aside_of_another_does_not_take_the_statement_over():
    text = "Reuters said ten men died in a town that the army denied holding and many fled."
    outer = said(text, "Reuters", "said", text[13:-1])
    assert next(source for source, *_ in read(text, outer)) == "Reuters"


def test_the_rules_name_a_speaker_whom_the_model_missed():
    text = "Ten men died on the road, the Observatory said."
    (one,) = read(text, said(text, None, "said", "Ten men died on the road"))
    assert one[0] == "the Observatory"


def test_a_heading_above_is_no_part_of_a_source():
    text = "Latest news\nThe mayor said ten men died."
    (one,) = read(text, said(text, "Latest news\nThe mayor", "said", "ten men died"))
    assert one[0] == "The mayor"


def test_content_does_not_begin_in_the_sentence_before():
    text = "It rained for much of the day. The mayor said ten men died."
    (one,) = read(
        text, said(text, "The mayor", "said", "much of the day. The mayor said ten men died")
    )
    assert one[2] == ["ten men died"]


def window_of(text):
    starts, at = [], 0
    for word in text.split():
        starts.append((at, at + len(word)))
        at += len(word) + 1
    count = len(starts)
    return Window(np.ones(count, np.int32), np.array(starts), np.arange(count), 0, count)


def logits(text, anchor, **roles):
    words = text.split()
    scores = np.full((len(words), len(ROLES), len(words)), -4, np.float32)
    scores[:, 0] = 0
    for role, held in roles.items():
        for word in held.split():
            scores[words.index(anchor), ROLES.index(role), words.index(word)] = 4
    anchors = np.array([3 if word == anchor else -3 for word in words], np.float32)
    return anchors, scores


def test_a_content_that_is_interrupted_has_parts():
    text = "trucks burned , he said , and men fled"
    anchors, roles = logits(
        text, "said", source="he", cue="said", content="trucks burned and men fled"
    )
    (one,) = decoded(text, window_of(text), anchors, roles)
    assert [text[slice(*part)] for part in one.content] == ["trucks burned", "and men fled"]
    assert text[slice(*one.source)] == "he"


def test_a_cue_without_content_says_nothing():
    text = "he said nothing"
    assert (
        list(decoded(text, window_of(text), *logits(text, "said", source="he", cue="said"))) == []
    )


def test_a_word_with_little_chance_is_no_cue():
    text = "he said trucks burned"
    anchors, roles = logits(text, "said", source="he", cue="said", content="trucks burned")
    assert list(decoded(text, window_of(text), anchors - 4, roles)) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "At least 31 people were killed in the market, the governor's office said on Monday.",
            "the governor's office",
            "At least 31 people were killed in the market",
        ),
        (
            "According to two hospital workers, most of the wounded were children.",
            "two hospital workers",
            "most of the wounded were children",
        ),
        (
            "Shells hit the bridge overnight a spokesman for the brigade told reporters",
            "a spokesman for the brigade",
            "Shells hit the bridge overnight",
        ),
    ],
)
def test_the_packaged_model_reads(text, source, content):
    (one,) = attributions(text, sentence_spans(text), packaged())
    assert text[slice(*one.source)] == source
    assert text[slice(*one.reach)] == content


@pytest.mark.model
def test_the_packaged_model_reads_the_same_alone_and_in_a_batch():
    short = "The mayor said ten men died."
    long = short + " " + "It rained all day and the road was closed to cars. " * 60
    (alone,) = packaged().attributions(short, sentence_spans(short))
    assert alone in packaged().attributions(long, sentence_spans(long))


def test_where_speaker_and_statement_are_turned_round_the_rules_read():
    text = "Some 2,000 residents fled the town, said the aid group Open Hands."
    turned = said(text, "Some 2,000 residents fled the town", "said", "the aid group Open Hands")
    assert read(text, turned) == [
        ("the aid group Open Hands", "said", ["Some 2,000 residents fled the town"], None)
    ]


def test_who_is_cited_says_it_and_who_cites_passes_it_on():
    text = "Dozens fled the town, said the aid group, citing volunteers."
    outer = said(text, "the aid group", "said", "Dozens fled the town")
    cited = said(text, "volunteers", "citing", "Dozens fled the town, said the aid group",
                 lemma="cite")  # fmt: skip
    assert read(text, outer, cited) == [
        ("volunteers", "citing", ["Dozens fled the town"], "the aid group")
    ]


def test_what_was_denied_ends_before_who_reports_the_denial():
    text = "The ministry denied that its planes hit the school, the agency reported."
    outer = said(text, "the agency", "reported",
                 "The ministry denied that its planes hit the school", lemma="report")  # fmt: skip
    assert read(text, outer) == [
        ("The ministry", "denied", ["that its planes hit the school"], "the agency")
    ]


def test_people_counted_in_a_statement_do_not_pass_it_on():
    text = "Governor Sand said the toll rose to 34, including the four children reported on Monday."
    outer = said(text, "Governor Sand", "said", text[19:-1])
    assert [via for *_, via in read(text, outer)] == [None]


@pytest.mark.parametrize(
    ("text", "source", "named"),
    [
        ("Ten men died outside the city he said.", "the city he", "he"),
        ("Deputy President Recep Aydin Yurt said ten men died.", "Deputy President Recep",
         "Deputy President Recep Aydin Yurt"),
        ("The mayor and she said ten men died.", "The mayor and she", "The mayor and she"),
        ("Fire hurt 50 state media said after ten men died.", "50 state media", "state media"),
        ("An army lost a man who monitors the war said when ten men died.", "the war",
         "a man who monitors the war"),
        ("Ten men died and well-informed sources said so.", "sources", "well-informed sources"),
        ("The ministry which said ten men died is new.", "The ministry which", "The ministry"),
    ],
)  # fmt: skip
def test_a_source_has_its_whole_name_and_no_word_of_others(text, source, named):
    (one, *_) = read(text, said(text, source, "said", "en men died"))
    assert one[0] == named


def test_a_statement_goes_on_after_who_is_named_in_its_middle():
    text = "The raids went on according to the Observatory with ten men wounded."
    (one,) = read(
        text,
        said(text, "the Observatory with ten men wounded", "according to", "The raids went on",
             lemma="according"),
    )  # fmt: skip
    assert one[0] == "the Observatory"
