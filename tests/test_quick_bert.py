"""In how many bits models run: 8 on each machine alike, or 16 where that is asked for."""

from pathlib import Path

import pytest

from verify import quick_bert
from verify.doctor import report
from verify.errors import InputError
from verify.settings import Settings


@pytest.fixture
def cpu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "cpuinfo"
    path.write_text("flags\t\t: fpu avx512_bf16 amx_bf16 amx_tile\n")
    monkeypatch.delenv("VERIFY_BITS", raising=False)
    monkeypatch.setattr(quick_bert, "CPU", path)
    return path


@pytest.mark.parametrize(
    ("flags", "tiles"),
    [("fpu avx512_bf16 amx_bf16 amx_tile", True), ("fpu avx512_bf16", False), ("", False)],
)
def test_a_cpu_says_whether_it_multiplies_tiles(cpu: Path, flags: str, tiles: bool) -> None:
    cpu.write_text(f"model name : a CPU\nflags\t\t: {flags}\n")
    assert quick_bert.has_tiles() is tiles
    assert quick_bert.bits() == 8


def test_a_system_that_does_not_say_has_none(cpu: Path) -> None:
    cpu.unlink()
    assert not quick_bert.has_tiles()


def test_bits_are_asked_for_by_a_variable(cpu: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERIFY_BITS", "16")
    assert quick_bert.bits() == 16
    monkeypatch.setenv("VERIFY_BITS", "4")
    with pytest.raises(InputError, match="VERIFY_BITS cannot be '4'"):
        quick_bert.bits()


@pytest.mark.parametrize(
    ("bits", "told"),
    [
        ("", "8 bits, the packaged ones; in 16 they would be faster on this CPU: VERIFY_BITS=16"),
        ("16", "16 bits, the packaged ones"),
        ("4", "VERIFY_BITS cannot be '4' (environment). Say 8 or 16, or nothing."),
    ],
)
def test_the_doctor_says_it(
    cpu: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bits: str, told: str
) -> None:
    monkeypatch.setenv("VERIFY_BITS", bits)
    settings = Settings(data_dir=tmp_path, relation_model="none")
    assert {line.name: line.value for line in report(settings)}["models run in"] == told
