"""Python's search for cycles of objects, spared for a process that serves pages."""

import gc

# Objects made between two searches: 700 by default, about twenty searches a page; a twentieth of its time (measured).
OBJECTS_BETWEEN_SEARCHES = 10_000


def spare_collector() -> None:
    """Leave out of the search what was loaded at the start and stays, and search less often. Once all is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)
