"""How the encoder is trained, as plain values: the recipe is read where torch is not installed, too."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """One fall of the learning rate, from its height to nothing; `shares` are of the steps, task by task."""

    steps: int
    seconds: float
    learn_rate: float
    heads_learn_rate: float
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class EncoderRecipe:
    """How long and how the encoder is trained, stage by stage."""

    stages: tuple[Stage, ...]
    seed: int = 1
    warmup: float = 0.05
    weight_decay: float = 0.01
    dropout: float = 0.1
    batch_pieces: int = 1200
    window_pieces: tuple[int, int] = (48, 288)
    save_every_seconds: float = 240.0
