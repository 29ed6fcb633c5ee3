from hypothesis import settings

settings.register_profile("core", settings.default, deadline=None)
settings.load_profile("core")
