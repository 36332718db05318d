from enum import StrEnum


class Zone(StrEnum):
    METROPOLE = "metropole"
    ALSACE_MOSELLE = "alsace_moselle"

    @property
    def label(self):
        return self.value
