"""Make the files of this folder anew with LibreOffice: export, edit in Calc, save.

Run it from the repository's root: python -m tests.review.files.make
It needs ``soffice`` on the path; the tests do not. The edits are those of ``edits.bas``.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.review.dispute import told
from verify.review.export import export
from verify.settings import Settings
from verify.store.filters import EVERYTHING
from verify.store.store import Store

HERE = Path(__file__).parent
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{}</script:module>
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Settings(data_dir=Path(folder) / "data"))
        told(store)
        work = Path(folder) / "work"  # a start that was broken off leaves locks behind
        work.mkdir()
        export(store, EVERYTHING, work / "exported.csv", "csv")
        export(store, EVERYTHING, work / "exported.xlsx", "xlsx")
        profile = Path(folder) / "profile"
        calc(profile, "--terminate_after_init")  # the first start makes the profile
        code = (HERE / "edits.bas").read_text()
        for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            code = code.replace(sign, entity)
        module = profile / "user" / "basic" / "Standard" / "Module1.xba"
        module.write_text(MODULE.format(code))
        calc(profile, f'macro:///Standard.Module1.EditAll("{work.as_uri()}")')
        (work / "exported.xlsx").unlink()
        for made in work.iterdir():
            shutil.copy(made, HERE / made.name)


def calc(profile: Path, what: str) -> None:
    own = f"-env:UserInstallation={profile.as_uri()}"
    subprocess.run(["soffice", "--headless", "--norestore", own, what], check=True, timeout=90)


if __name__ == "__main__":
    main()
