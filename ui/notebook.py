"""A run as a program to try in a notebook."""

from __future__ import annotations

from core.training import Settings
from ui.training_run import Model


def program(call: str, held_out: float, model: Model, settings: Settings, steps: int) -> str:
    """Python that takes the same run with `core` and prints its last loss; `call` makes the data."""
    start, head = model.start, model.problem.head
    function = call.split("(")[0]
    imports = {
        "table_dataset": "from core.csv_import import read_table, table_dataset",
        "Dataset": "import numpy as np\nfrom core import Dataset",
    }.get(function, f"from core.datasets import {function}")
    data = f"data, held_out = split({call}, {held_out!r}, seed=0)" if held_out else f"data = {call}"
    begin = ""
    if start is not None:
        begin = f"\n    start=Parameters.of(np.array({start.weights.tolist()}), np.array({start.bias.tolist()})),"
        imports += "\nimport numpy as np\nfrom core import Parameters"
    return f'''from core import FeatureMap{", split" if held_out else ""}, train
{imports}

{data}
X = FeatureMap.fit(data.X, "{model.phi.expansion}")(data.X)
run = train(
    X, data.labels,
    learning_rate={settings.learning_rate!r}, batch_size={settings.batch_size!r}, l2={settings.l2!r},
    steps={steps}, seed={model.problem.seed},{f" head={head!r}," if head != "softmax" else ""}{begin}
)
print(run.losses[-1])'''
