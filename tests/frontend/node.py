"""Calls of the browser's code in Node."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parents[2] / "ui/frontend/src"
NODE = Path(sys.executable).parent / "node"


def call(module: str, function: str, *arguments: object) -> Any:
    """Return the result of a JavaScript function, which gets a module's exports and the arguments.

    For example `call("shared/softmax.js", "({ softmax }, z) => softmax(z)", [1, 2])`. Values are passed as JSON.
    """
    script = f"""
        import * as module from {json.dumps((SOURCES / module).as_uri())};
        import {{ readFileSync }} from "node:fs";
        const result = ({function})(module, ...JSON.parse(readFileSync(0, "utf8")));
        console.log(JSON.stringify(result, (_, value) => (ArrayBuffer.isView(value) ? [...value] : value)));
    """
    command = [str(NODE), "--input-type=module", "--eval", script]
    done = subprocess.run(command, input=json.dumps(arguments), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
