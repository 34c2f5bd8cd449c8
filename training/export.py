"""Write a trained encoder as one ONNX file, its matrices as int8 with a scale for each column.

The graph is put together node by node from operators that onnxruntime has fused kernels for, so that
the file depends on no exporter's version. Activations are quantised as they come, one scale for each
multiplication's input, but for those that suffer most from it, which meet weights unpacked to floats when
the file is loaded; word vectors have a scale for each row.
"""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Floats = NDArray[np.float32]
MICROSOFT = "com.microsoft"
Columns = dict[str, tuple[int, int]]


class _Graph:
    """Nodes and weights in the order in which they were added."""

    def __init__(self, quantize: bool) -> None:
        self.quantize = quantize
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, values: NDArray[np.generic]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, x: str, name: str, matrix: Floats, bias: Floats) -> str:
        """Multiply by a matrix of torch's layout (outputs × inputs) and add the bias."""
        added = self.weight(f"{name}.bias", bias)
        if not self.quantize:
            return self._floats(x, name, self.weight(f"{name}.weight", matrix.T), added)
        rounded, scales = self._rounded(name, matrix)
        zero = self.weight(f"{name}.zero", np.zeros(len(matrix), dtype=np.int8))
        return self.node("DynamicQuantizeMatMul", [x, rounded, scales, zero, added], name, MICROSOFT)

    def linear_of_floats(self, x: str, name: str, matrix: Floats, bias: Floats) -> str:
        """Do the same, and leave the input unrounded where the weights are int8."""
        if not self.quantize:
            return self.linear(x, name, matrix, bias)
        rounded, scales = self._rounded(name, matrix)
        floats = self.node("Cast", [rounded], f"{name}.float", to=TensorProto.FLOAT)
        full = self.node("Mul", [floats, scales], f"{name}.full")
        return self._floats(x, name, full, self.weight(f"{name}.bias", bias))

    def _floats(self, x: str, name: str, weights: str, added: str) -> str:
        return self.node("Add", [self.node("MatMul", [x, weights], f"{name}.product"), added], name)

    def _rounded(self, name: str, matrix: Floats) -> tuple[str, str]:
        """Give the matrix as int8, transposed, and the scale of each of its columns."""
        scales = np.maximum(np.abs(matrix).max(axis=1), 1e-8).astype(np.float32) / 127.0
        rounded = np.clip(np.rint(matrix / scales[:, None]), -127, 127).astype(np.int8)
        return self.weight(f"{name}.weight", rounded.T), self.weight(f"{name}.scale", scales)

    def word_vectors(self, ids: str, table: Floats) -> str:
        if not self.quantize:
            return self.node("Gather", [self.weight("pieces", table), ids], "piece_vectors")
        scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8).astype(np.float32) / 127.0
        rounded = np.clip(np.rint(table / scales), -127, 127).astype(np.int8)
        small = self.node("Gather", [self.weight("pieces", rounded), ids], "piece_int8")
        floats = self.node("Cast", [small], "piece_float", to=TensorProto.FLOAT)
        scale = self.node("Gather", [self.weight("piece_scales", scales), ids], "piece_scale")
        return self.node("Mul", [floats, scale], "piece_vectors")


def export(
    state: dict[str, Floats],
    columns: Columns,
    path: Path,
    *,
    attention_heads: int = 12,
    quantize: bool = True,
) -> None:
    """Write the encoder with these weights (the names of `training.encoder.Encoder`) to `path`.

    Inputs: ids and types [1 × pieces], first_pieces [words]. Outputs: words [words × columns]; arcs
    [words × words], how well each column's word is the head of each row's; labels [words × labels × size],
    each word as a dependent under each label, to be multiplied with its head's vector.
    """
    graph = _Graph(quantize)
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    pieces = graph.word_vectors("ids", state["pieces.weight"])
    types = graph.node(
        "Gather", [graph.weight("types_table", state["types.weight"]), "types"], "type_vectors"
    )
    size = graph.node("Shape", ["ids"], "size", start=1, end=2)
    places = graph.node(
        "Slice",
        [
            graph.weight("positions", state["positions.weight"]),
            graph.weight("zero", np.array([0])),
            size,
        ],
        "position_vectors",
    )
    summed = graph.node("Add", [graph.node("Add", [pieces, types], "pieces_types"), places], "embedded")
    x = graph.node(
        "LayerNormalization",
        [
            summed,
            graph.weight("norm.weight", state["norm.weight"]),
            graph.weight("norm.bias", state["norm.bias"]),
        ],
        "layer_input",
        epsilon=1e-12,
    )
    for number in range(layers):
        x = _layer(graph, x, number, state, attention_heads)
    flat = graph.node("Squeeze", [x, graph.weight("first_axis", np.array([0]))], "last")
    first = graph.node("Gather", [flat, "first_pieces"], "word_vectors")
    # The heads are a twelfth of the file's floats and the most sensitive to rounding.
    graph.quantize = False
    words = graph.linear(first, "words", state["out.weight"], state["out.bias"])
    _pairs(graph, words, state, columns)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "news",
            [
                helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"]),
                helper.make_tensor_value_info("types", TensorProto.INT64, [1, "pieces"]),
                helper.make_tensor_value_info("first_pieces", TensorProto.INT64, ["words"]),
            ],
            [
                helper.make_tensor_value_info("words", TensorProto.FLOAT, ["words", len(state["out.bias"])]),
                helper.make_tensor_value_info("arcs", TensorProto.FLOAT, ["words", "words"]),
                helper.make_tensor_value_info(
                    "labels", TensorProto.FLOAT, ["words", *state["label"].shape[::2]]
                ),
            ],
            initializer=graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)],
        producer_name="briefings",
    )
    model.ir_version = 8
    path.write_bytes(model.SerializeToString(deterministic=True))


def _pairs(graph: _Graph, words: str, state: dict[str, Floats], columns: Columns) -> None:
    """Add what needs the parser's square forms: the run time is left with gathering and comparing."""

    def part(name: str, number: int) -> str:
        start, end = columns[name]
        half = (end - start) // 2
        bounds = [start + number * half, start + (number + 1) * half]
        given = [graph.weight(f"{name}.{number}.{at}", np.array([at])) for at in bounds]
        axis = graph.weight(f"{name}.{number}.axis", np.array([1]))
        return graph.node("Slice", [words, *given, axis], f"{name}.{number}")

    dependent, head = part("arc", 0), part("arc", 1)
    bent = graph.node("MatMul", [dependent, graph.weight("arc", state["arc"])], "arc.bent")
    turned = graph.node("Transpose", [head], "arc.turned", perm=[1, 0])
    scores = graph.node("MatMul", [bent, turned], "arc.scores")
    bias = graph.node("MatMul", [graph.weight("arc.bias", state["arc_bias"][None]), turned], "arc.liked")
    graph.node("Add", [scores, bias], "arcs")
    count, left, right = state["label"].shape
    forms = state["label"].transpose(1, 0, 2).reshape(left, count * right)
    flat = graph.linear(part("label", 0), "label.bent", np.ascontiguousarray(forms[:-1].T), forms[-1])
    graph.node("Reshape", [flat, graph.weight("label.shape", np.array([-1, count, right]))], "labels")


def _layer(graph: _Graph, x: str, number: int, state: dict[str, Floats], attention_heads: int) -> str:
    here = f"layers.{number}."
    width = len(state[f"{here}out.bias"])
    qkv = graph.linear(x, f"{here}qkv", state[f"{here}qkv.weight"], state[f"{here}qkv.bias"])
    names = [f"{here}{name}" for name in ("query", "key", "value")]
    if not any(w.name == "thirds" for w in graph.weights):
        graph.weight("thirds", np.array([width] * 3))
    graph.nodes.append(helper.make_node("Split", [qkv, "thirds"], names, name=f"{here}split", axis=2))
    mixed = graph.node("MultiHeadAttention", names, f"{here}mixed", MICROSOFT, num_heads=attention_heads)
    out = graph.linear(mixed, f"{here}out", state[f"{here}out.weight"], state[f"{here}out.bias"])
    x = _add_norm(graph, x, out, f"{here}norm1", state)
    # Rounding this input costs most: on PolNeAR's dev part, almost a point of F for contents.
    up = graph.linear_of_floats(x, f"{here}up", state[f"{here}up.weight"], state[f"{here}up.bias"])
    bent = graph.node("Gelu", [up], f"{here}gelu", MICROSOFT)
    down = graph.linear(bent, f"{here}down", state[f"{here}down.weight"], state[f"{here}down.bias"])
    return _add_norm(graph, x, down, f"{here}norm2", state)


def _add_norm(graph: _Graph, x: str, added: str, name: str, state: dict[str, Floats]) -> str:
    weights = [graph.weight(f"{name}.{kind}", state[f"{name}.{kind}"]) for kind in ("weight", "bias")]
    return graph.node("SkipLayerNormalization", [x, added, *weights], name, MICROSOFT, epsilon=1e-12)
