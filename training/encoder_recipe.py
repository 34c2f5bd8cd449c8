"""How the encoder is trained, as plain values: the recipe is read where torch is not installed, too."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EncoderRecipe:
    """How long and how the encoder is trained; `shares` are the tasks' shares of the steps."""

    steps: int = 8000
    seconds: float = 5500.0
    seed: int = 1
    learn_rate: float = 2e-4
    heads_learn_rate: float = 8e-4
    warmup: float = 0.05
    weight_decay: float = 0.01
    dropout: float = 0.1
    batch_pieces: int = 1200
    window_pieces: tuple[int, int] = (48, 288)
    shares: tuple[tuple[str, float], ...] = (("attribution", 0.45), ("entities", 0.22), ("syntax", 0.33))
    save_every_seconds: float = 240.0
