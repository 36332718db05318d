"""Where things are in the checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def var_folder() -> Path:
    """The folder of everything this instance keeps: VAR_DIR, `var` in the checkout by default."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()
