import pytest

from onrecord.extract.llm.settings import Settings, read_settings
from onrecord.model.errors import BadInput
from onrecord.workspace import init

HERE = "http://localhost:11434/v1"


@pytest.fixture
def home(tmp_path):
    """A workspace with what stands under [llm] in its file."""

    def made(table: str = ""):
        where = init(tmp_path / "home")
        (where.root / "onrecord.toml").write_text(table, encoding="utf-8")
        return where

    return made


def test_the_file_says_whom_to_ask(home):
    where = home(f'[llm]\nendpoint = "{HERE}"\nmodel = "m"\nkey_file = "key"\nprice_in = 2\nprice_out = 8\n'
                 '[llm.parameters]\ntemperature = 0\n')  # fmt: skip
    (where.root / "key").write_text("sk-secret\n", encoding="utf-8")
    found = read_settings(where, {})
    assert (found.endpoint, found.model, found.key, found.prices) == (
        HERE,
        "m",
        "sk-secret",
        (2, 8),
    )
    assert found.parameters == {"temperature": 0}
    assert "sk-secret" not in repr(found)


def test_the_environment_comes_first(home):
    where = home('[llm]\nendpoint = "http://elsewhere.example/v1"\nmodel = "m"')
    given = {
        "OPENAI_BASE_URL": HERE,
        "ONRECORD_MODEL": "n",
        "OPENAI_API_KEY": "k",
    }
    found = read_settings(where, given)
    assert (found.endpoint, found.model, found.key) == (HERE, "n", "k")


@pytest.mark.parametrize(("table", "fault"), [
    ("", "no model is named"),
    ('[llm]\nmodel = "m"', "no endpoint is named"),
    ("[llm]\nmodel = 3", "model must be a text"),
    ('[llm]\nmodle = "m"', "knows no modle"),
    ("llm = 3", "must be a table"),
    ("[llm", "cannot be read as TOML"),
    (f'[llm]\nmodel = "m"\nendpoint = "{HERE}"\nseconds = -1', "seconds must be a number"),
    (f'[llm]\nmodel = "m"\nendpoint = "{HERE}"\nparameters = 1', "parameters must be a table"),
    (f'[llm]\nmodel = "m"\nendpoint = "{HERE}"\nkey_file = "none"', "the key cannot be read"),
    (f'[llm]\nmodel = "m"\nendpoint = "{HERE}"\nkey_file = "onrecord.toml"', "is no file of a key"),
    ('[llm]\nmodel = "m"\nendpoint = "ftp://host"', "no address of an endpoint"),
    ('[llm]\nmodel = "m"\nendpoint = "http://[::1"', "address is none"),
    ('[llm]\nmodel = "m"\nendpoint = "https://me:sk-secret@host/v1"', "holds a name or a password"),
])  # fmt: skip
def test_what_cannot_be_used_is_told_without_a_secret(home, table, fault):
    with pytest.raises(BadInput, match=fault) as told:
        read_settings(home(table), {})
    assert "sk-secret" not in str(told.value)


@pytest.mark.parametrize(("endpoint", "local"), [
    (HERE, True), ("http://127.0.0.1:8080/v1", True), ("http://[::1]:8080/v1", True),
    ("https://models.example/v1", False), ("http://192.168.1.4/v1", False), ("http://localhost.example/v1", False),
])  # fmt: skip
def test_what_stays_on_this_machine_is_known(endpoint, local):
    assert Settings(endpoint, "m").is_local is local
