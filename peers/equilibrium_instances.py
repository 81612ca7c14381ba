"""Markets of equilibrium.py, the same for every program: HDF5 for kcpipe, one binary file for C and CVXPY.

A CES market and a dense one come with `NAME-closed.h5`, the same with Cobb-Douglas utilities, whose prices
are a closed form: what its step takes is what reading, the certificate and writing take.

    python3 peers/equilibrium_instances.py FOLDER NAME ...

A name is `dense-100-1` (100 x 100, seed 1), `sparse-10000-1` (10 wanted goods per buyer, one of them from a
permutation, so that every good is wanted), `tall-100000x1000-1`, or a family with its seed, as `wide-1`.
"""

import pathlib
import sys

import h5py
import numpy as np

FAMILIES = ["integer_ties", "random_ties", "wide", "lognormal", "low_rank", "popular"]
DEGREE = 10


def dense(n: int, seed: int):
    draw = np.random.default_rng(seed)
    values = draw.random((n, n))
    offsets = np.arange(n + 1, dtype=np.int64) * n
    return n, offsets, np.tile(np.arange(n, dtype=np.int32), n), values.ravel(), draw.random(n)


def wanted(draw, n: int, m: int, popularity) -> np.ndarray:
    """The goods of each buyer: DEGREE different ones in ascending order."""
    first = draw.permutation(m) if n == m else np.arange(n) % m

    def some(count: int) -> np.ndarray:
        return draw.choice(m, size=count, p=popularity) if popularity is not None else draw.integers(0, m, count)

    goods = some(n * DEGREE).reshape(n, DEGREE)
    goods[:, 0] = first
    goods.sort(axis=1)
    while True:
        repeated = np.zeros(goods.shape, bool)
        repeated[:, 1:] = goods[:, 1:] == goods[:, :-1]
        if not repeated.any():
            return goods.ravel().astype(np.int32)
        goods[repeated] = draw.integers(0, m, repeated.sum())
        goods.sort(axis=1)


def sparse(n: int, m: int, seed: int, family: str = "uniform"):
    draw = np.random.default_rng(seed)
    popularity = None
    if family == "popular":
        popularity = 1 / np.arange(1, m + 1) ** 0.8
        popularity /= popularity.sum()
    goods = wanted(draw, n, m, popularity)
    count = n * DEGREE
    budgets = draw.random(n)
    values = draw.random(count)
    if family in ("integer_ties", "random_ties"):
        values = draw.integers(1, 6, count).astype(float)
    if family == "integer_ties":
        budgets = np.ones(n)
    if family == "wide":
        values, budgets = 10 ** draw.uniform(-6, 6, count), draw.pareto(1.5, n) + 1
    if family == "lognormal":
        values, budgets = np.exp(draw.normal(0, 1, count)), np.exp(draw.normal(0, 1, n))
    if family == "low_rank":
        tastes, traits = draw.random((n, 3)), draw.random((m, 3))
        values = np.einsum("ek,ek->e", tastes[np.repeat(np.arange(n), DEGREE)], traits[goods])
    return m, np.arange(n + 1, dtype=np.int64) * DEGREE, goods, values, budgets


def market(name: str):
    kind, *words = name.split("-")
    seed = int(words[-1])
    if kind == "dense":
        return dense(int(words[0]), seed)
    if kind == "tall":
        n, m = map(int, words[0].split("x"))
        return sparse(n, m, seed)
    if kind == "sparse":
        return sparse(int(words[0]), int(words[0]), seed)
    return sparse(10_000, 10_000, seed, kind)


def ces(seed: int):
    """10,000 buyers, 4,000 goods, 80 wanted per buyer: 800,000 pairs."""
    draw = np.random.default_rng(seed)
    n, m, degree = 10_000, 4_000, 80
    goods = np.sort(draw.permuted(np.tile(np.arange(m, dtype=np.int32), (n, 1)), axis=1)[:, :degree], axis=1)
    return m, np.arange(n + 1, dtype=np.int64) * degree, goods.ravel(), draw.random(n * degree), draw.random(n)


def write(folder: pathlib.Path, name: str) -> None:
    is_ces = name.startswith("ces")
    m, offsets, goods, values, budgets = ces(int(name.split("-")[1])) if is_ces else market(name)
    with open(folder / f"{name}.bin", "wb") as file:
        np.array([len(budgets), m, len(goods)], dtype=np.int64).tofile(file)
        for column in (offsets, goods, values, budgets):
            column.tofile(file)
    forms = [("", "ces" if is_ces else "linear")]
    if is_ces or name.startswith("dense"):
        forms.append(("-closed", "cobbdouglas"))
    for suffix, model in forms:
        with h5py.File(folder / f"{name}{suffix}.h5", "w") as file:
            file["model"] = model
            if model == "ces":
                file["rho"] = 0.5
            file["budgets"], file["supplies"] = budgets, np.ones(m)
            file["utilities_indptr"], file["utilities_indices"], file["utilities_data"] = offsets, goods, values


if __name__ == "__main__":
    for word in sys.argv[2:]:
        write(pathlib.Path(sys.argv[1]), word)
