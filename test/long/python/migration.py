"""Runs the Python examples of docs/migration.md against the emulator.

Usage: migration.py URL SPACE/EXTERNAL_ID@VERSION FOLDER, with the examples as a JSON object of texts on standard input:
`v1` finds `client`, an SDK that the Python generator makes in the folder; `industrial` finds `engine`. Prints as JSON, by
example, the external ids of what each of its expressions gave.
"""

import ast
import importlib
import json
import sys
from pathlib import Path

import industrial_model
from cognite.client import ClientConfig, CogniteClient
from cognite.client.credentials import Token
from cognite.pygen import generate_sdk

url, model, folder = sys.argv[1:]
space, rest = model.split("/")
external_id, version = rest.split("@")
cognite = CogniteClient(ClientConfig(client_name="pygen", project="any", credentials=Token("any"), base_url=url))


def run(code: str, names: dict[str, object]) -> list[list[str]]:
    """Runs statements, and gives the ids of what each expression among them came to."""
    given = []
    for statement in ast.parse(code).body:
        if isinstance(statement, ast.Expr):
            rows = eval(compile(ast.Expression(statement.value), "example", "eval"), names)
            given.append([row.external_id for row in rows])
        else:
            exec(compile(ast.Module([statement], []), "example", "exec"), names)
    return given


generate_sdk(
    (space, external_id, version),
    cognite,
    top_level_package="generated_sdk",
    client_name="GeneratedClient",
    output_dir=Path(folder) / "generated_sdk",
    overwrite=True,
    logger=lambda _: None,
)
sys.path.insert(0, folder)
client = importlib.import_module("generated_sdk").GeneratedClient(cognite)
engine = industrial_model.Engine(
    cognite, industrial_model.DataModelId(external_id=external_id, space=space, version=version)
)
examples = json.load(sys.stdin)
print(
    json.dumps(
        {
            "v1": run(examples["v1"], {"client": client}),
            "industrial": run(examples["industrial"], {**vars(industrial_model), "__name__": "example", "engine": engine}),
        }
    )
)
