"""The file for signing in: what it must hold, and that no message repeats it."""

import dataclasses

import pytest

from verify.dashboard import server, sign_in
from verify.errors import InputError

SECRET = "0123456789abcdef0123456789abcdef"
GIVEN = {
    "redirect_uri": "https://desk.example.org/oauth2callback",
    "cookie_secret": SECRET,
    "client_id": "desk",
    "client_secret": "told-by-the-provider",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}


@pytest.fixture
def write(tmp_path):
    def written(more="", **changed):
        entries = {name: value for name, value in {**GIVEN, **changed}.items() if value}
        file = tmp_path / "sign-in.toml"
        lines = [f'{name} = "{value}"' for name, value in entries.items()]
        file.write_text("\n".join(["[auth]", *lines, more]))
        return file

    return written


def test_a_whole_file_is_taken_and_the_desk_s_own_address_allowed(write, desk_settings):
    told = server.options(dataclasses.replace(desk_settings, sign_in=write()), 8501)
    assert told["secrets.files"] == [str(write())]
    assert told["server.corsAllowedOrigins"] == ["https://desk.example.org"]
    assert told["server.allowedHosts"] == ["127.0.0.1", "localhost", "desk.example.org"]
    assert server.options(desk_settings, 8501)["secrets.files"] == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"client_secret": ""}, "lacks client_secret"),
        ({"cookie_secret": "short-secret"}, "shorter than 32"),
        ({"redirect_uri": "https://desk.example.org/"}, "does not end with /oauth2callback"),
        ({"redirect_uri": "http://desk.example.org/oauth2callback"}, "no"),
        ({"server_metadata_url": "http://login.example.org/x"}, "not an https address"),
        ({"more": "client_id = "}, "not TOML"),
    ],
)
def test_what_would_not_do_is_said_without_the_secrets(write, changed, told):
    with pytest.raises(InputError, match=told) as raised:
        sign_in.check(write(**changed))
    for secret in (SECRET, "short-secret", "told-by-the-provider"):
        assert secret not in str(raised.value)


def test_an_address_that_the_provider_says_nothing_of_counts_only_where_the_file_says_so(write):
    assert not sign_in.takes_unstated(write())
    assert sign_in.takes_unstated(write(more="[verify]\nunstated_is_verified = true"))


def test_a_file_that_is_not_there_is_an_error_and_no_open_desk(tmp_path, desk_settings):
    gone = dataclasses.replace(desk_settings, sign_in=tmp_path / "gone.toml")
    with pytest.raises(InputError, match="cannot be read"):
        server.options(gone, 8501)
