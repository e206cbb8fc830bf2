"""Runs the Python examples of docs/migration.md against the emulator.

Usage: migration.py URL SPACE/EXTERNAL_ID@VERSION FOLDER, with the examples as a JSON object of texts on standard input:
`v1` finds `client`, an SDK that the Python generator makes in the folder; `industrial` finds `engine`. Prints as JSON, by
example, the external ids of what each of its expressions gave.
"""

import ast
import json
import sys

import industrial_model
from v1_sdk import emulator_client, generated_client, model_id

url, model, folder = sys.argv[1:]
space, external_id, version = model_id(model)
cognite = emulator_client(url, "any")


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


client = generated_client(cognite, (space, external_id, version), folder)
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
