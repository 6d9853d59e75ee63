"""Texts in other scripts pass through whole, and the build says that they were not read."""

from collections import Counter

import pytest

from tests.ingest.test_extract import claims
from verify.ingest.languages import add_unread, detect, notes

TEXTS = {
    "ar": "قال الجيش إن ١٢ جنديا قتلوا قرب الجسر. هل أصيب أحد؟ لم تعلق الحكومة على ذلك.",
    "fa": "سخنگوی طالبان گفت که ۱۲ سرباز در ولایت پنجشیر کشته شدند. آیا کسی زخمی شد؟ جبهه مقاومت"
    " این گزارش را رد کرد.",
    "ps": "د طالبانو ویاند وویل چې په پنجشیر کې ۱۲ سرتېري ووژل شول. ایا څوک ټپیان شول؟ د مقاومت"
    " جبهې دا خبر رد کړ.",
    "uk": "Генеральний штаб повідомив, що біля мосту загинули 12 солдатів. Чи є поранені? Їхня"
    " сторона це заперечує.",
    "ru": "Министерство обороны заявило, что у моста погибли 12 солдат. Есть ли раненые? Другая"
    " сторона это отрицает, но её слова не подтверждены.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_script_and_its_letters_tell_the_language(language):
    assert detect(TEXTS[language]) == language


@pytest.mark.parametrize("language", TEXTS)
def test_each_sentence_is_a_claim_of_the_source_at_exact_offsets(language):
    text = TEXTS[language]
    found = claims(text)
    assert len(found) == 3
    assert " ".join(claim["text"] for claim in found) == text
    for claim in found:
        assert text[claim["start"] : claim["end"]] == claim["text"]
        assert (claim["speaker"], claim["cue"], claim["quantities"]) == (None, None, [])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The army said that twelve soldiers were killed near the bridge on Monday.", "en"),
        ("Syria strikes kill 45", None),
        ("12 - 14", None),
        ("Er sagte, dass zwölf Soldaten in der Stadt von den Milizen getötet wurden.", "de"),
        ("Il a dit que douze soldats ont été tués dans la ville par les rebelles.", "fr"),
        ("Doce soldados fueron asesinados en la ciudad por los rebeldes, dijo el jefe.", "es"),
        ("وزارت دفاع طالبان از کشته شدن پنج تن خبر داد", "fa"),
        ("اعلنت وزارة الدفاع مقتل خمسة جنود", "ar"),
        ("وزیر دفاع نے کہا کہ پانچ فوجی مارے گئے", "ur"),
        ("Afisa wa jeshi alisema kwamba wanajeshi kumi na wawili waliuawa karibu na daraja la"
         " mji huo jana jioni wakati wapiganaji waliposhambulia kambi", "und"),
        ("The word جنگ means war, he said, and the paper that printed it is in the archive.", "en"),
    ],
)  # fmt: skip
def test_what_shows_no_language_is_left_open(text, language):
    assert detect(text) == language


def test_a_wrong_tag_on_the_page_does_not_turn_off_reading():
    text = "The army said that twelve soldiers were killed near the bridge on Monday."
    [claim] = claims(text, language="ar")
    assert claim["speaker"] == "The army"
    assert claims(TEXTS["fa"], language="en")[0]["speaker"] is None


def test_a_row_stays_one_claim_with_what_the_table_states():
    given = {"speaker": "طالبان", "quantity_low": 12, "quantity_high": 12}
    [claim] = claims(TEXTS["fa"], kind="row", given=given)
    assert claim["text"] == TEXTS["fa"]
    assert claim["speaker_name"] == "طالبان"
    assert claim["quantities"][0]["low"] == 12


def test_one_note_a_language_says_what_was_kept_unread():
    found: dict[str, Counter[str]] = {}
    rows = [{"text": TEXTS[code], "language": None, "file": f"{code}.txt"} for code in TEXTS]
    add_unread(found, [*rows, {**rows[0], "file": "other.txt"}])
    told = notes(found)
    assert len(told) == 5
    arabic = told[0]
    assert arabic.file == "ar.txt and 1 more"
    assert arabic.what == (
        "2 documents are in Arabic: kept whole, sentence by sentence; speakers, sides and facts are"
        " read in English only"
    )
