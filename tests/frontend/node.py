"""Calls of the browser's code in Node."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parents[2] / "ui/frontend/src"
NODE = Path(sys.executable).parent / "node"


def call(modules: str, function: str, *arguments: object) -> Any:
    """Return the result of a JavaScript function, which gets the modules' exports and the arguments.

    For example `call("shared/softmax.js", "({ softmax }, z) => softmax(z)", [1, 2])`. The paths of several modules are
    separated by spaces. Values are passed as JSON.
    """
    paths = [(SOURCES / path).as_uri() for path in modules.split()]
    script = f"""
        import {{ readFileSync }} from "node:fs";
        const modules = await Promise.all({json.dumps(paths)}.map((path) => import(path)));
        const result = ({function})(Object.assign({{}}, ...modules), ...JSON.parse(readFileSync(0, "utf8")));
        console.log(JSON.stringify(result, (_, value) => (ArrayBuffer.isView(value) ? [...value] : value)));
    """
    command = [str(NODE), "--input-type=module", "--eval", script]
    done = subprocess.run(command, input=json.dumps(arguments), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
