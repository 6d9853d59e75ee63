"""docs/evidence.md says what the code does, and its figures are those of the hash."""

import re
from collections.abc import Sequence
from pathlib import Path

from tests.review.scenes import SCENES, measured
from verify.review.evidence import LONGEST_URL
from verify.review.evidence_kept import THUMBNAILS
from verify.review.evidence_opening import CPU_S, MEMORY_BYTES, MOST_PIXELS, THUMBNAIL_PX
from verify.review.picture_hash import MOST_BITS, PLAIN
from verify.settings import MOST_MB, Settings

PAGE = (Path(__file__).parent.parent / "docs" / "evidence.md").read_text(encoding="utf-8")
WORDS = " ".join(PAGE.split())
LIMITS = (8, 10, 12)


def missed(bits: Sequence[int]) -> list[int]:
    return [sum(one > limit for one in bits) for limit in LIMITS]


def test_the_hash_is_as_good_as_the_page_says() -> None:
    told = re.findall(r"^\| ([^|]+?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.M)
    figures = {change: [int(number) for number in numbers] for change, *numbers in told}
    same, others = measured()
    assert set(figures) == set(same)
    for change, bits in same.items():
        found = [len(bits), max(bits), *missed(bits)]
        pairs = zip(found[1:], figures[change][1:], strict=True)
        assert found[0] == figures[change][0]
        # Another version of the picture library may round a pixel otherwise.
        assert all(abs(now - then) <= 2 for now, then in pairs), (change, found)
    assert LIMITS[1] == MOST_BITS
    assert min(others) > MOST_BITS
    assert f"on {SCENES} drawn scenes" in WORDS
    assert f"at most **{MOST_BITS}** bits differ" in WORDS


def test_the_limits_are_those_of_the_code() -> None:
    assert f"at most {MOST_PIXELS // 1_000_000} million pixels" in WORDS
    assert f"A file may have {Settings.evidence_mb} MB" in WORDS
    assert f"another limit, 1 to {MOST_MB}" in WORDS
    assert f"at most {LONGEST_URL:,} characters" in WORDS
    assert f"{MEMORY_BYTES // 2**30} GiB of memory and {CPU_S} seconds" in WORDS
    assert f"at most {THUMBNAIL_PX} pixels" in WORDS
    assert f"below {PLAIN:.0f} of 255" in WORDS
    assert f"`{THUMBNAILS}`" in WORDS
