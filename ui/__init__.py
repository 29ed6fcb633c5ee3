"""What pages share: language, look, controls, charts and components. Knows `core`, and no page."""
