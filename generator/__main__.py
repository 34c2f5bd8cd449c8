"""`python -m generator`: the command line, where the console script is not on the path."""

from generator.cli import main

main()
