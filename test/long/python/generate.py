"""Generates an SDK with the Python generator from a data model of the emulator, and lists through it.

Usage: generate.py URL SPACE/EXTERNAL_ID@VERSION FOLDER. Prints as JSON how many rows each view's list gave.
"""

import json
import sys

from v1_sdk import emulator_client, generated_client, model_id

url, model, folder = sys.argv[1:]
generated = generated_client(emulator_client(url, "python"), model_id(model), folder)
counts = {}
for name in dir(generated):
    api = getattr(generated, name)
    if not name.startswith("_") and hasattr(api, "list"):
        counts[name] = len(api.list(limit=-1))
print(json.dumps(counts))
