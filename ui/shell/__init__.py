"""The frame of all pages: navigation, title, language, projector mode, sharing."""
