"""The encoder and its heads in torch: MiniLM's six layers, read once for every task.

Heads: entities, attribution (three layers of B, I, O, and which segment belongs to which cue), syntax
(tags, sentence starts, arcs and labels), statements (positions, their stances, next steps).
Only training needs this module, and torch.
"""

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from generator.analysis.model import STANCES
from generator.pipeline.pieces import TYPES

from .encoder_recipe import EncoderRecipe, Stage
from .samples import ENTITY_LABELS, OUTSIDE, PARTS, Batch, Sample, TagSets, epoch

IGNORE = -100


@dataclass(frozen=True, slots=True)
class Shape:
    """The encoder's sizes; the defaults are MiniLM's."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner: int = 1536
    positions: int = 512


def shape_of(weights: Path) -> Shape:
    """Give the sizes that a BERT's `config.json` beside its weights tells."""
    told = json.loads((weights / "config.json").read_text(encoding="utf-8"))
    return Shape(
        vocabulary=told["vocab_size"],
        width=told["hidden_size"],
        layers=told["num_hidden_layers"],
        attention_heads=told["num_attention_heads"],
        inner=told["intermediate_size"],
        positions=told["max_position_embeddings"],
    )


@dataclass(frozen=True, slots=True)
class Heads:
    """How many numbers a word gets from each head, in this order in the output."""

    entities: int
    attribution: int
    link: int
    xpos: int
    upos: int
    opens: int
    arc: int
    label: int
    position: int
    step: int
    stance: int

    def slices(self) -> dict[str, tuple[int, int]]:
        """Give each output's columns; link is cue, source, content; arc and label: dependent, head."""
        found, at = {}, 0
        for name, size in asdict(self).items():
            copies = {"link": 3, "arc": 2, "label": 2}.get(name, 1)
            found[name] = (at, at + size * copies)
            at += size * copies
        return found


def heads_for(tags: TagSets) -> Heads:
    return Heads(
        entities=len(ENTITY_LABELS),
        attribution=3 * len(PARTS),
        link=48,
        xpos=len(tags.xpos),
        upos=len(tags.upos),
        opens=2,
        arc=128,
        label=64,
        position=3,
        step=3,
        stance=len(STANCES),
    )


class Dropout(nn.Module):
    """Dropout whose mask is drawn a byte a value: torch's own draws take a tenth of training on a CPU."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.dropped = round(256 * share)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.dropped:
            return x
        kept = torch.empty(x.shape, dtype=torch.uint8, device=x.device).random_() >= self.dropped
        return x * kept * (256 / (256 - self.dropped))


class Layer(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.attention_heads = shape.attention_heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.attention_heads, -1).permute(2, 0, 3, 1, 4)
        # On a CPU the backward pass of attention is five times as fast in float32 as in bfloat16.
        with torch.autocast(x.device.type, enabled=False):
            query, key, value = qkv.float()
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(batch, length, width))))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Gives each word's outputs [windows × words × columns] from piece numbers, types and first pieces."""

    def __init__(self, shape: Shape, heads: Heads, labels: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.heads = heads
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.pieces.weight.requires_grad_(False)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.types = nn.Embedding(TYPES, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList([Layer(shape, dropout) for _ in range(shape.layers)])
        self.drop = Dropout(dropout)
        columns = max(end for _, end in heads.slices().values())
        self.out = nn.Linear(shape.width, columns)
        # Square forms over pairs of words; they are applied outside of the exported graph.
        self.arc = nn.Parameter(torch.eye(heads.arc) / math.sqrt(heads.arc))
        self.arc_bias = nn.Parameter(torch.zeros(heads.arc))
        self.root_bias = nn.Parameter(torch.zeros(1))
        self.label = nn.Parameter(torch.randn(labels, heads.label + 1, heads.label + 1) * 0.02)
        self.link_bias = nn.Parameter(torch.full((2,), -2.0))

    def forward(self, ids: Tensor, types: Tensor, first_pieces: Tensor, mask: Tensor | None = None) -> Tensor:
        return self.out(self.drop(self.vectors(ids, types, first_pieces, mask)))

    def vectors(self, ids: Tensor, types: Tensor, first_pieces: Tensor, mask: Tensor | None = None) -> Tensor:
        """Give what the last layer makes of each word [windows × words × width]."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.norm(self.pieces(ids) + self.types(types) + self.positions(places)))
        for layer in self.layers:
            x = layer(x, mask)
        return torch.gather(x, 1, first_pieces.unsqueeze(-1).expand(-1, -1, x.shape[-1]))


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """Give the float32 tensors of a safetensors file: a length, a JSON table of contents, the bytes."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    found = {}
    for name, entry in json.loads(data[8 : 8 + size]).items():
        if entry.get("dtype") == "F32":
            start, end = (8 + size + at for at in entry["data_offsets"])
            values = np.frombuffer(data[start:end], dtype="<f4").reshape(entry["shape"])
            found[name] = torch.from_numpy(values.copy())
    return found


def load_weights(encoder: Encoder, path: Path) -> None:
    """Take over MiniLM's weights from its `model.safetensors`; types keep sentence A's vector."""
    weights = read_safetensors(path)
    table = {
        "pieces.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "types.weight": weights["embeddings.token_type_embeddings.weight"][:1].repeat(TYPES, 1),
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for number in range(len(encoder.layers)):
        there, here = f"encoder.layer.{number}.", f"layers.{number}."
        for kind in ("weight", "bias"):
            parts = [weights[f"{there}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            table[f"{here}qkv.{kind}"] = torch.cat(parts)
            table[f"{here}out.{kind}"] = weights[f"{there}attention.output.dense.{kind}"]
            table[f"{here}norm1.{kind}"] = weights[f"{there}attention.output.LayerNorm.{kind}"]
            table[f"{here}up.{kind}"] = weights[f"{there}intermediate.dense.{kind}"]
            table[f"{here}down.{kind}"] = weights[f"{there}output.dense.{kind}"]
            table[f"{here}norm2.{kind}"] = weights[f"{there}output.LayerNorm.{kind}"]
    missing = encoder.load_state_dict(table, strict=False).missing_keys
    unexpected = [name for name in missing if name.split(".")[0] in ("layers", "pieces", "positions")]
    if unexpected:
        raise ValueError(f"{path}: no weights for {unexpected[:3]}")


# --- losses --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tensors:
    ids: Tensor
    types: Tensor
    first_pieces: Tensor
    mask: Tensor | None
    words: np.ndarray


def tensors(batch: Batch) -> Tensors:
    """Pad a batch; `words` is -1 where a window has no more words."""
    rows = len(batch.windows)
    length = max(len(w.ids) for w in batch.windows)
    most = max(len(w.words) for w in batch.windows)
    ids, types = np.zeros((2, rows, length), dtype=np.int64)
    first, words = np.zeros((rows, most), dtype=np.int64), np.full((rows, most), -1, dtype=np.int64)
    real = np.zeros((rows, length), dtype=bool)
    for row, each in enumerate(batch.windows):
        ids[row, : len(each.ids)] = each.ids
        types[row, : len(each.ids)] = each.types
        first[row, : len(each.words)] = each.first_pieces
        words[row, : len(each.words)] = each.words
        real[row, : len(each.ids)] = True
    mask = None if real.all() else torch.from_numpy(real)[:, None, None, :]
    as_tensor = torch.from_numpy
    return Tensors(as_tensor(ids), as_tensor(types), as_tensor(first), mask, words)


def gold(batch: Batch, words: np.ndarray, name: str, fill: int = IGNORE) -> Tensor:
    """Give a gold column for each word of the batch, `fill` past a window's end."""
    found = np.full(words.shape, fill, dtype=np.int64)
    for row, sample in enumerate(batch.samples):
        real = words[row] >= 0
        found[row, real] = sample.gold[name][words[row, real]]
    return torch.from_numpy(found)


def loss_of(encoder: Encoder, batch: Batch, at: Tensors, out: Tensor) -> Tensor:
    """Give the batch's loss, a mean over words (over pairs for links)."""
    cut = {name: out[..., a:b] for name, (a, b) in encoder.heads.slices().items()}
    if batch.task == "entities":
        return _entity_loss(batch, at, cut["entities"])
    if batch.task == "attribution":
        return _attribution_loss(encoder, batch, at, cut)
    if batch.task == "statements":
        return _statement_loss(batch, at, cut) + _attribution_loss(encoder, batch, at, cut)
    return _syntax_loss(encoder, batch, at, cut)


def _entity_loss(batch: Batch, at: Tensors, scores: Tensor) -> Tensor:
    real = at.words >= 0
    rows = [s.gold["allowed"][at.words[r, real[r]]] for r, s in enumerate(batch.samples)]
    allowed = torch.from_numpy(np.concatenate(rows))
    chosen = scores[torch.from_numpy(real)]
    within = chosen.masked_fill(~allowed, float("-inf"))
    return (chosen.logsumexp(-1) - within.logsumexp(-1)).mean()


def _link_loss(encoder: Encoder, batch: Batch, at: Tensors, vectors: Tensor) -> Tensor:
    """Tell, for each cue and each source or content of a window, whether they belong together."""
    cue, source, content = vectors.split(encoder.heads.link, dim=-1)
    total, pairs = vectors.new_zeros(()), 0
    for row, sample in enumerate(batch.samples):
        place = {int(word): i for i, word in enumerate(at.words[row]) if word >= 0}
        linked = {(c, s, part) for c, s, part in sample.links}
        cues = sorted({c for c, _, _ in sample.links if c in place})
        for bias, (part, side) in enumerate((("source", source), ("content", content))):
            segments = [w for w in place if sample.gold[part][w] == 1]
            if not cues or not segments:
                continue
            scores = cue[row, [place[c] for c in cues]] @ side[row, [place[s] for s in segments]].T
            scores = scores / math.sqrt(encoder.heads.link) + encoder.link_bias[bias]
            truth = torch.tensor([[float((c, s, part) in linked) for s in segments] for c in cues])
            total = total + functional.binary_cross_entropy_with_logits(scores, truth, reduction="sum")
            pairs += truth.numel()
    return total / max(pairs, 1)


def _attribution_loss(encoder: Encoder, batch: Batch, at: Tensors, cut: dict[str, Tensor]) -> Tensor:
    total = cut["attribution"].new_zeros(())
    for number, part in enumerate(PARTS):
        scores = cut["attribution"][..., 3 * number : 3 * number + 3]
        total = total + _word_loss(scores, gold(batch, at.words, part))
    return total + 0.2 * _link_loss(encoder, batch, at, cut["link"])


def _statement_loss(batch: Batch, at: Tensors, cut: dict[str, Tensor]) -> Tensor:
    total = cut["position"].new_zeros(())
    for name in ("position", "step", "stance"):
        total = total + _word_loss(cut[name], gold(batch, at.words, name))
    return total


def _word_loss(scores: Tensor, labels: Tensor) -> Tensor:
    """The mean over the words that have a label; nothing where none has."""
    if (labels == IGNORE).all():
        return scores.new_zeros(())
    return functional.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORE)


def _syntax_loss(encoder: Encoder, batch: Batch, at: Tensors, cut: dict[str, Tensor]) -> Tensor:
    total = cut["arc"].new_zeros(())
    for name in ("xpos", "upos", "opens"):
        total = total + 0.5 * functional.cross_entropy(
            cut[name].flatten(0, 1), gold(batch, at.words, name).flatten(), ignore_index=IGNORE
        )
    # A head is looked for among the words of its own sentence, a root is its own head; a sentence
    # that a window's end cuts may have lost its heads: such words teach nothing.
    sentence = gold(batch, at.words, "sentence", -1)
    heads = gold(batch, at.words, "head", -1)
    first = torch.from_numpy(at.words[:, :1])
    place = heads - first
    near = place.clamp(0, heads.shape[1] - 1)
    known = (sentence >= 0) & (place == near) & (torch.gather(sentence, 1, near) == sentence)
    dependent, head = cut["arc"].split(encoder.heads.arc, dim=-1)
    scores = (dependent @ encoder.arc) @ head.transpose(1, 2) + (head @ encoder.arc_bias).unsqueeze(1)
    scores = scores + torch.eye(scores.shape[1]) * encoder.root_bias
    together = sentence.unsqueeze(1) == sentence.unsqueeze(2)
    scores = scores.masked_fill(~together, -1e4)
    total = total + functional.cross_entropy(scores[known], place[known])
    dependent, head = cut["label"].split(encoder.heads.label, dim=-1)
    head = torch.gather(head, 1, near.unsqueeze(-1).expand_as(head))
    ones = dependent.new_ones(int(known.sum()), 1)
    left, right = torch.cat([dependent[known], ones], 1), torch.cat([head[known], ones], 1)
    labels = torch.einsum("nd,lde,ne->nl", left, encoder.label, right)
    return total + functional.cross_entropy(
        labels, gold(batch, at.words, "deprel")[known], ignore_index=IGNORE
    )


# --- training ------------------------------------------------------------------------------


def train(
    encoder: Encoder,
    samples: Mapping[str, Sequence[Sample]],
    work: Path,
    recipe: EncoderRecipe,
    *,
    say: Callable[[str], None] = print,
) -> None:
    """Train in place, stage by stage, going on from `work/encoder.pt` where there is one."""
    checkpoint = work / "encoder.pt"
    state = torch.load(checkpoint, weights_only=True) if checkpoint.exists() else {"stage": 0}
    if "encoder" in state:
        encoder.load_state_dict(state["encoder"])
    encoder.train()
    for number in range(state["stage"], len(recipe.stages)):
        _train_stage(encoder, samples, checkpoint, recipe, number, state, say)
        state = {}
    encoder.eval()


def _train_stage(
    encoder: Encoder,
    samples: Mapping[str, Sequence[Sample]],
    checkpoint: Path,
    recipe: EncoderRecipe,
    number: int,
    state: Mapping[str, Any],
    say: Callable[[str], None],
) -> None:
    """The learning rate falls with steps or with seconds (of this and earlier runs together), whichever is
    further on: a run that is short of time is a whole one too."""
    stage, seed = recipe.stages[number], recipe.seed + number
    torch.manual_seed(seed)
    optimizer = _optimizer(encoder, stage, recipe)
    rates = [group["lr"] for group in optimizer.param_groups]
    step, before = 0, 0.0
    if "optimizer" in state:
        optimizer.load_state_dict(state["optimizer"])
        step, before = state["step"], state["seconds"]
        say(f"stage {number + 1} goes on at step {step}, after {before:.0f} s")
    shares = [(task, share) for task, share in stage.shares if task in samples]
    rng = random.Random(seed + step)
    batches = {task: _endless(samples[task], rng, recipe) for task, _ in shares}
    began = saved = time.monotonic()
    seen: dict[str, list[float]] = {task: [] for task in batches}
    pieces = 0
    while True:
        seconds = before + time.monotonic() - began
        done = max(step / stage.steps, seconds / stage.seconds)
        if done >= 1.0:
            break
        warm = min(1.0, (step + 1) / (recipe.warmup * stage.steps))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * warm * (1.0 - done)
        task = rng.choices([t for t, _ in shares], [s for _, s in shares])[0]
        batch = next(batches[task])
        at = tensors(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = encoder(at.ids, at.types, at.first_pieces, at.mask)
        loss = loss_of(encoder, batch, at, out.float())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        step += 1
        pieces += at.ids.numel()
        seen[task].append(float(loss.detach()))
        if step % 50 == 0:
            now = time.monotonic()
            shown = " ".join(f"{t} {sum(v) / len(v):.3f}" for t, v in seen.items() if v)
            say(f"stage {number + 1} step {step}, {done:.1%}, {pieces / (now - began):.0f} pieces/s: {shown}")
            seen = {task: [] for task in batches}
        if time.monotonic() - saved > recipe.save_every_seconds:
            saved = time.monotonic()
            _save(checkpoint, encoder, number, optimizer, step, before + saved - began)
    _save(checkpoint, encoder, number + 1, None, 0, 0.0)


def _optimizer(encoder: Encoder, stage: Stage, recipe: EncoderRecipe) -> torch.optim.Optimizer:
    """The layers learn slower than the heads on them."""
    layers = ("layers", "norm", "positions")
    learnt = [(name, p) for name, p in encoder.named_parameters() if p.requires_grad]
    return torch.optim.AdamW(
        [
            {"params": [p for n, p in learnt if n.startswith(layers)], "lr": stage.learn_rate},
            {"params": [p for n, p in learnt if not n.startswith(layers)], "lr": stage.heads_learn_rate},
        ],
        weight_decay=recipe.weight_decay,
        betas=(0.9, 0.98),
        fused=True,
    )


def _endless(samples: Sequence[Sample], rng: random.Random, recipe: EncoderRecipe) -> Iterator[Batch]:
    while True:
        yield from epoch(samples, rng, recipe.window_pieces, recipe.batch_pieces)


def _save(
    path: Path,
    encoder: Encoder,
    stage: int,
    optimizer: torch.optim.Optimizer | None,
    step: int,
    seconds: float,
) -> None:
    """Write a checkpoint within a stage, or, without an optimizer, at the beginning of one."""
    state: dict[str, Any] = {"encoder": encoder.state_dict(), "stage": stage}
    if optimizer is not None:
        state |= {"optimizer": optimizer.state_dict(), "step": step, "seconds": seconds}
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def lean(encoder: Encoder, leans: Mapping[str, float]) -> None:
    """Take from the bias of each head named its lean, where it finds nothing."""
    columns = encoder.heads.slices()
    with torch.no_grad():
        for name, by in leans.items():
            encoder.out.bias[columns[name][0] + OUTSIDE] -= by


def describe(tags: TagSets, encoder: Encoder) -> str:
    """Give, as JSON, what the run time must know of the outputs: columns, labels and biases."""
    biases = {
        "root_bias": round(encoder.root_bias.item(), 4),
        "link_bias": [round(bias, 4) for bias in encoder.link_bias.tolist()],
    }
    return json.dumps(
        {"columns": encoder.heads.slices(), "entities": ENTITY_LABELS, **asdict(tags), **biases}
    )
