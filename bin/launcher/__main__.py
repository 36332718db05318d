import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from launcher.main import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
