"""Registries brought in from a sheet, and given out as one: a dry run kept, written as one act, undone as one."""
