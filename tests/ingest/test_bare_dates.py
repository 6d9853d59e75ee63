"""A date, perhaps with its place, says nothing, in whatever language."""

import pytest

from tests.ingest.test_extract import claims
from verify.ingest.bare_dates import is_bare_date


@pytest.mark.parametrize(
    "line",
    [
        "14 березня 2024 року",
        "Четвер, 14 березня 2024 р.",
        "Дубрава, 14 березня 2024 року",
        "Дубрава, Лісова область, 14 березня",
        "14.03.2024, Дубрава",
        "Опубліковано: 14 березня 2024, 10:30",
        "П’ятниця, 15 березня",
        "14 марта 2024 г.",
        "Дубрава, 14 марта 2024 года",
        "четверг, 14 марта",
        "14 مارس 2024",
        "١٤ آذار/مارس ٢٠٢٤",
        "الخميس 14 مارس 2024 م",
        "وادي البلوط، 14 مارس 2024",
        "تاريخ النشر: 4 رمضان 1445 هـ",
        "۱۴ مارچ ۲۰۲۴",
        "۲۴ حوت ۱۴۰۲",
        "پنج‌شنبه، ۲۴ اسفند ۱۴۰۲",
        "شهر بلوط، ۲۴ حوت ۱۴۰۲",
        "د ۲۰۲۴ کال د مارچ ۱۴مه",
        "د ۱۴۰۲ کال د کب ۲۴",
        "14 mars 2024",
        "14. März 2024",
    ],
)
def test_a_line_that_is_only_a_date_or_a_place_and_a_date(line: str):
    assert is_bare_date(line)


@pytest.mark.parametrize(
    "line",
    [
        "14 березня загинув мірошник.",
        "У березні 2024 року млин згорів.",
        "14 марта погибли девять человек.",
        "Девять человек погибли",
        "قتل تسعة رجال في 14 مارس",
        "در ۱۴ مارچ نه نفر کشته شدند",
        "په ۱۴ مارچ نهه کسان ووژل شول",
        "14 mars, neuf hommes ont été tués",
        "Нічний обстріл млина, 14 березня",
    ],
)
def test_a_line_that_says_what_happened_is_none(line: str):
    assert not is_bare_date(line)


@pytest.mark.parametrize(
    ("date", "body"),
    [
        ("14 березня 2024 року", "У місті загинуло дев'ятеро людей, повідомила влада міста."),
        ("14 مارس 2024", "قتل تسعة رجال في المدينة خلال القصف على السوق."),
        ("۲۴ حوت ۱۴۰۲", "در شهر نه نفر کشته شدند و چند نفر زخمی گردیدند."),
        ("د ۲۰۲۴ کال د مارچ ۱۴مه", "په ښار کې نهه کسان ووژل شول او څو تنه ټپیان شول."),
    ],
)
def test_it_is_no_claim(date: str, body: str):
    assert [claim["text"] for claim in claims(f"{date}\n\n{body}")] == [body]
