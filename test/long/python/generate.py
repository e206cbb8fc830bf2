"""Generates an SDK with the Python generator from a data model of the emulator, and lists through it.

Usage: generate.py URL SPACE/EXTERNAL_ID@VERSION FOLDER. Prints as JSON how many rows each view's list gave.
"""

import importlib
import json
import sys
from pathlib import Path

from cognite.client import ClientConfig, CogniteClient
from cognite.client.credentials import Token
from cognite.pygen import generate_sdk

url, model, folder = sys.argv[1:]
space, rest = model.split("/")
external_id, version = rest.split("@")
client = CogniteClient(ClientConfig(client_name="pygen", project="python", credentials=Token("any"), base_url=url))
generate_sdk(
    (space, external_id, version),
    client,
    top_level_package="generated_sdk",
    client_name="GeneratedClient",
    output_dir=Path(folder) / "generated_sdk",
    overwrite=True,
    logger=lambda _: None,
)
sys.path.insert(0, folder)
generated = importlib.import_module("generated_sdk").GeneratedClient(client)
counts = {}
for name in dir(generated):
    api = getattr(generated, name)
    if not name.startswith("_") and hasattr(api, "list"):
        counts[name] = len(api.list(limit=-1))
print(json.dumps(counts))
