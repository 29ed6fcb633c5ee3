"""Write the samples."""

from tests.frontend.test_samples import FOLDER, SAMPLES, as_json

for module in SAMPLES:
    (FOLDER / f"{module.__name__.split('.')[-1]}.json").write_text(as_json(module.samples()), "utf-8")
