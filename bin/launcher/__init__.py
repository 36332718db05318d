"""The launcher of bin/run, bin/manage and bin/test. Standard library only: it runs before anything is installed."""
