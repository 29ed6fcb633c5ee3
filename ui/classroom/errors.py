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
    """A question has too few, too many, equal, empty or too long options, or a text that is too long.

    `reason` is the name of the text for the user, `classroom.invalid_<reason>`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class QuestionFileError(ClassroomError):
    """A file of questions is refused.

    `reason` is the name of the text for the user: `classroom.file_<reason>`, with a row `classroom.invalid_<reason>`.
    `row` is the row at fault, counted from 1 with the header, or None for the whole file.
    """

    def __init__(self, reason: str, row: int | None = None) -> None:
        super().__init__(reason, row)
        self.reason, self.row = reason, row
