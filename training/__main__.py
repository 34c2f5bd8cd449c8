"""`python -m training CORPORA --output FOLDER`: from the corpora to the files that are shipped."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

# glibc hands every large tensor back to the system and fetches it anew, a third of the speed of
# training; the setting counts only for a process that starts with it.
_MALLOC = {
    "MALLOC_MMAP_THRESHOLD_": "2000000000",
    "MALLOC_TRIM_THRESHOLD_": "20000000000",
    "MALLOC_TOP_PAD_": "500000000",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the recipe; gives 0, or 2 where something that it needs is missing."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("corpora", type=Path, help="the folder of the corpora, see docs/model.md")
    parser.add_argument("--output", type=Path, required=True, help="where the pipeline is written")
    parser.add_argument(
        "--work", type=Path, default=Path("build/training"), help="checkpoints (build/training)"
    )
    parser.add_argument("--recipe", type=Path, help="another recipe than training/recipe.toml")
    parser.add_argument("--without-polnear", action="store_true", help="train without attribution data")
    parser.add_argument("--steps", type=int, help="steps of each of the encoder's stages")
    parser.add_argument("--seconds", type=float, help="time for each of the stages")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)

    from .build import build
    from .recipe import DEFAULT, RecipeError, read_recipe

    try:
        recipe = read_recipe(options.recipe or DEFAULT)
        if options.without_polnear:
            recipe = recipe.without_polnear()
        changed = {n: getattr(options, n) for n in ("steps", "seconds") if getattr(options, n) is not None}
        stages = tuple(replace(stage, **changed) for stage in recipe.encoder.stages)
        recipe = replace(recipe, encoder=replace(recipe.encoder, stages=stages))
        build(recipe, options.corpora, options.work, options.output, threads=options.threads)
    except RecipeError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    if sys.platform == "linux" and any(name not in os.environ for name in _MALLOC):
        os.environ.update(_MALLOC)
        os.execv(sys.executable, [sys.executable, "-m", "training", *sys.argv[1:]])
    sys.exit(main())
