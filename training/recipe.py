"""The recipe as data: `recipe.toml` read into plain values, checked against what is for measuring only."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .corpora import MEASURING_ONLY
from .encoder_recipe import EncoderRecipe, Stage
from .linker import LinkerRecipe

DEFAULT = Path(__file__).parent / "recipe.toml"


class RecipeError(Exception):
    """A recipe or a folder of corpora that cannot be trained from; says what would have worked."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the model is made of; paths are relative to the corpora's folder."""

    weights: str
    treebanks: tuple[str, ...]
    names: tuple[str, ...]
    named_treebanks: tuple[str, ...]
    attribution: str | None
    linker_share: int
    encoder: EncoderRecipe
    linker: LinkerRecipe
    annotated: tuple[str, ...]
    """Files of annotations/ that teach the encoder where positions and next steps are stated."""
    annotated_share: int
    leans: Mapping[str, float]
    """By how much a head leans towards finding what it marks, in log-odds."""

    def inputs(self) -> tuple[str, ...]:
        """Give every corpus that is read, each once."""
        attribution = (self.attribution,) if self.attribution else ()
        return tuple(dict.fromkeys((*self.treebanks, *self.names, *self.named_treebanks, *attribution)))

    def without_polnear(self) -> "Recipe":
        """Give the recipe without PolNeAR's texts: the model then marks no attributions."""
        stages = tuple(
            replace(stage, shares=tuple(each for each in stage.shares if each[0] != "attribution"))
            for stage in self.encoder.stages
        )
        annotated = tuple(name for name in self.annotated if "polnear" not in name)
        return replace(
            self,
            attribution=None,
            encoder=replace(self.encoder, stages=stages),
            annotated=annotated,
        )


def read_recipe(path: Path = DEFAULT) -> Recipe:
    """Give the recipe of a TOML file; raises RecipeError where it would train on what it measures."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    data, encoder = table["data"], dict(table["encoder"])
    encoder["stages"] = tuple(
        Stage(**{**stage, "shares": tuple(stage["shares"].items())}) for stage in encoder["stages"]
    )
    encoder["window_pieces"] = tuple(encoder["window_pieces"])
    recipe = Recipe(
        weights=data["weights"],
        treebanks=tuple(data["treebanks"]),
        names=tuple(data["names"]),
        named_treebanks=tuple(data["named_treebanks"]),
        attribution=data["attribution"],
        linker_share=data["linker_share"],
        encoder=EncoderRecipe(**encoder),
        linker=LinkerRecipe(**table["linker"]),
        annotated=tuple(data["annotated"]),
        annotated_share=data["annotated_share"],
        leans=table["leans"],
    )
    for name in recipe.inputs():
        forbidden = next((m for m in MEASURING_ONLY if f"{name}/".startswith(f"{m}/")), None)
        if forbidden:
            raise RecipeError(f"{path}: {name} is for measuring only; take it out of the inputs")
    return recipe


def check_inputs(recipe: Recipe, corpora: Path) -> None:
    """Raise RecipeError where a corpus of the recipe is not in the folder."""
    missing = [name for name in recipe.inputs() if not (corpora / name).exists()]
    if missing:
        raise RecipeError(
            f"{corpora} lacks {', '.join(missing)}; docs/model.md says where each corpus is published"
        )
