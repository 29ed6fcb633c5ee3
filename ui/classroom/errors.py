"""Errors of class sessions. The pages show each one as a sentence in the user's language."""


class ClassroomError(Exception):
    """Base of all errors of this package."""


class DatabaseUnavailableError(ClassroomError):
    """The database is missing, locked, full, read-only or of a newer version."""


class SessionNotFoundError(ClassroomError):
    """No session has this code, or not for this lecturer, or the session has ended."""


class SessionFullError(ClassroomError):
    """The session already has MAX_STUDENTS students."""


class TooManySessionsError(ClassroomError):
    """MAX_SESSIONS sessions are already open."""


class VotingClosedError(ClassroomError):
    """The round takes no votes: its votes are shown, or the class has moved on."""


class InvalidQuestionError(ClassroomError):
    """A question has too few, too many, equal, empty or too long options, or a text that is too long."""
