"""The recipe as data: `recipe.toml` read into plain values, checked against what is for measuring only."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .corpora import MEASURING_ONLY
from .encoder_recipe import EncoderRecipe
from .linker import LinkerRecipe

DEFAULT = Path(__file__).parent / "recipe.toml"


class RecipeError(Exception):
    """A recipe or a folder of corpora that cannot be trained from; says what would have worked."""


@dataclass(frozen=True, slots=True)
class HeadRecipe:
    """How a head for statements is fitted: L2 penalty, how often a word inside of one counts, and how far the
    head leans to finding one."""

    penalty: float
    weight: float
    lean: float


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
    """Files of annotations/ that the heads for statements are fitted on."""
    statements: Mapping[str, HeadRecipe]

    def inputs(self) -> tuple[str, ...]:
        """Give every corpus that is read, each once."""
        attribution = (self.attribution,) if self.attribution else ()
        return tuple(dict.fromkeys((*self.treebanks, *self.names, *self.named_treebanks, *attribution)))

    def without_polnear(self) -> "Recipe":
        """Give the recipe without PolNeAR's texts: the model then marks no attributions."""
        shares = tuple((task, share) for task, share in self.encoder.shares if task != "attribution")
        annotated = tuple(name for name in self.annotated if "polnear" not in name)
        return replace(
            self,
            attribution=None,
            encoder=replace(self.encoder, shares=shares),
            annotated=annotated,
        )


def read_recipe(path: Path = DEFAULT) -> Recipe:
    """Give the recipe of a TOML file; raises RecipeError where it would train on what it measures."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    data, encoder = table["data"], dict(table["encoder"])
    encoder["shares"] = tuple(encoder["shares"].items())
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
        statements={layer: HeadRecipe(**each) for layer, each in table["statements"].items()},
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
