"""What is served: to this machine alone, with a policy that keeps foreign content out."""

import asyncio
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import verify.dashboard
from verify.dashboard import addresses, app, server

FOLDER = Path(verify.dashboard.__file__).parent


def answered(path="/"):
    """Headers of an answer that went through the middleware."""
    sent = []

    async def page(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": []}
    asyncio.run(server.SafeHeaders(page)(scope, None, send))
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_every_answer_forbids_foreign_scripts_pictures_and_frames():
    policy = dict(part.split(" ", 1) for part in answered()["content-security-policy"].split("; "))
    assert policy["script-src"] == "'self' 'wasm-unsafe-eval' blob:"
    assert policy["img-src"] == "'self' data: blob:"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "http" not in " ".join(policy.values())


def test_the_command_names_port_and_store(desk_settings):
    command = server.command(desk_settings, 0)
    assert command[:3] == [sys.executable, "-m", "verify.dashboard.server"]
    assert command[3:] == ["--port", "0", "--data", str(desk_settings.data_dir.resolve())]


def test_the_config_file_and_the_server_agree():
    told = tomllib.loads((FOLDER / ".streamlit" / "config.toml").read_text())
    for name, value in server.OPTIONS.items():
        section, key = name.split(".")
        assert told.get(section, {}).get(key, value) == value, name
    assert server.OPTIONS["server.address"] == "127.0.0.1"


def test_no_folder_of_pages_lies_beside_the_script():
    script = FOLDER / "entry" / "desk.py"
    assert script.exists()
    assert not (script.parent / "pages").exists()


def test_every_page_is_in_the_frame():
    files = {path.name for path in addresses.FOLDER.glob("*.py")}
    assert files == {screen.file.name for screen in addresses.SCREENS.values()}
    assert len(app.pages()) == len(addresses.SCREENS) >= 8


def test_torch_stays_out_of_the_dashboards_process():
    modules = [f"verify.dashboard.{found.name}" for found in pkgutil.iter_modules([str(FOLDER)])]
    imports = "; ".join(f"import {name}" for name in modules if not name.endswith(".entry"))
    check = f"import sys; {imports}; print([n for n in sys.modules if n.startswith('torch')])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_navigation_is_not_hidden_with_streamlits_own():
    assert "client.showSidebarNavigation" not in server.OPTIONS


def test_a_page_whose_file_is_gone_is_not_left_out_unsaid(monkeypatch):
    gone = addresses.SCREENS["export"]._replace(file=addresses.FOLDER / "gone.py")
    monkeypatch.setitem(addresses.SCREENS, "export", gone)
    assert len(app.pages()) == len(addresses.SCREENS)  # Streamlit then names the file
