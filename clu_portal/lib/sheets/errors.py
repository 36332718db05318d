class SheetError(ValueError):
    """A file that cannot be read as a sheet: a French sentence, and a stable code."""

    def __init__(self, message: str, code: str):
        super().__init__(message)
        self.code = code
