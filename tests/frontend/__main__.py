"""Write the samples."""

from tests.frontend import messages
from tests.frontend.test_samples import FOLDER, SAMPLES, as_json

for module in SAMPLES:
    (FOLDER / f"{module.__name__.split('.')[-1]}.json").write_text(as_json(module.samples()), "utf-8")
(FOLDER / "messages.js").write_text(messages.text(), "utf-8")
