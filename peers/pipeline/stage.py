"""What each script of the pipeline needs: its settings, its files, and columns in HDF5."""

import json
import sys
import types

import h5py
import numpy as np


def arguments():
    """The settings (JSON), then the files, as the Snakefile hands them over."""
    return types.SimpleNamespace(**json.loads(sys.argv[1])), sys.argv[2:]


def load(path):
    with h5py.File(path) as file:
        return types.SimpleNamespace(**{name: read(file[name]) for name in file})


def read(dataset):
    return dataset.asstr()[...] if dataset.dtype.kind == "O" else dataset[...]


def save(path, **columns):
    with h5py.File(path, "w") as file:
        for name, values in columns.items():
            values = np.asarray(values)
            options = {"compression": 1, "shuffle": True} if values.size > 1024 else {}
            if values.dtype.kind == "U":
                values, options = values.astype(object), {}
            file.create_dataset(name, data=values, **options)
