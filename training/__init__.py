"""The recipe that turns corpora into the embedded news model, and the figures that it must reach."""
