"""What scripts share that use the Python generator: a client of the emulator, and an SDK made by it."""

import importlib
import sys
from pathlib import Path
from typing import Any

from cognite.client import ClientConfig, CogniteClient
from cognite.client.credentials import Token
from cognite.pygen import generate_sdk


def emulator_client(url: str, project: str) -> CogniteClient:
    return CogniteClient(ClientConfig(client_name="pygen", project=project, credentials=Token("any"), base_url=url))


def model_id(text: str) -> tuple[str, str, str]:
    """Space, external id and version of SPACE/EXTERNAL_ID@VERSION."""
    space, rest = text.split("/")
    external_id, version = rest.split("@")
    return space, external_id, version


def generated_client(client: CogniteClient, model: tuple[str, str, str], folder: str) -> Any:
    generate_sdk(
        model,
        client,
        top_level_package="generated_sdk",
        client_name="GeneratedClient",
        output_dir=Path(folder) / "generated_sdk",
        overwrite=True,
        logger=lambda _: None,
    )
    sys.path.insert(0, folder)
    return importlib.import_module("generated_sdk").GeneratedClient(client)
