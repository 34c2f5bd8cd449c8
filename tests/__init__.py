"""The tests; they mirror the modules of the package."""
