#!/usr/bin/env python
"""Run one of the portal's commands. `bin/manage` does it in the prepared environment."""

import os
import sys

OWNER_COMMANDS = ("migrate", "makemigrations", "ensure_isolation")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clu_portal.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ["DATABASE_ROLE"] = "owner"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
