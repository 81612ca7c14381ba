"""The addressed random numbers of kcpipe, vectorised: equal draws make equal results comparable.

A stream is named; a block of it belongs to an entity and a purpose. The generator is Philox 4x32-10
(Salmon et al., SC 2011). numpy has the 4x64 variant only, which gives other numbers.
"""

import numpy as np

ALL = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)


def philox(entity, purpose, key):
    """The two 64-bit words of each block; the arguments may be arrays and are broadcast."""
    entity, purpose, key = np.broadcast_arrays(*(np.asarray(x, dtype=np.uint64) for x in (entity, purpose, key)))
    x0, x1, x2, x3 = entity & ALL, entity >> HALF, purpose & ALL, purpose >> HALF
    k0, k1 = key & ALL, key >> HALF
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * x0, np.uint64(0xCD9E8D57) * x2
        x0, x1, x2, x3 = (p1 >> HALF) ^ x1 ^ k0, p1 & ALL, (p0 >> HALF) ^ x3 ^ k1, p0 & ALL
        k0, k1 = (k0 + np.uint64(0x9E3779B9)) & ALL, (k1 + np.uint64(0xBB67AE85)) & ALL
    return x0 | x1 << HALF, x2 | x3 << HALF


def unit(word):
    """A number from the open interval (0, 1)."""
    return ((word >> np.uint64(12)).astype(float) + 0.5) * 2.0**-52


class Stream:
    """A named family of blocks under a seed."""

    def __init__(self, seed: int, name: str):
        label = 0xCBF29CE484222325
        for byte in name.encode():
            label = (label ^ byte) * 0x100000001B3 % 2**64
        self.key = philox(label, 1, seed)[0]

    def units(self, entity, purpose=0):
        """The two numbers of each block."""
        first, second = philox(entity, purpose, self.key)
        return unit(first), unit(second)

    def substream_keys(self, index):
        return philox(index, 2**64 - 1, self.key)[0]


def permuted(index, count, key):
    """Where each index goes under a random permutation of 0 ... count - 1 (a Feistel network)."""
    index, count, key = np.broadcast_arrays(*(np.asarray(x, dtype=np.uint64) for x in (index, count, key)))
    bits = np.maximum(2, np.ceil(np.log2(count.astype(float))).astype(np.uint64))
    half = (bits + np.uint64(1)) // np.uint64(2)
    mask = (np.uint64(1) << half) - np.uint64(1)
    image = encrypt(index, half, mask, key)
    while (outside := image >= count).any():
        image[outside] = encrypt(image[outside], half[outside], mask[outside], key[outside])
    return image.astype(np.int64)


def encrypt(x, half, mask, key):
    left, right = x >> half, x & mask
    for turn in range(4):
        scrambled = philox(right, 2**40 + turn, key)[0] & mask
        left, right = right, left ^ scrambled
    return left << half | right


class AliasTable:
    """Draws from a discrete law in O(1) (Vose 1991)."""

    def __init__(self, weights):
        share = [weight * (len(weights) / sum(weights)) for weight in weights]
        self.alias = list(range(len(weights)))
        small = [i for i, value in enumerate(share) if value < 1]
        large = [i for i, value in enumerate(share) if value >= 1]
        while small and large:
            less, more = small.pop(), large[-1]
            self.alias[less] = more
            share[more] -= 1 - share[less]
            if share[more] < 1:
                small.append(large.pop())
        for i in small + large:
            share[i] = 1
        self.alias, self.threshold = np.array(self.alias), np.array(share)

    def draw(self, units):
        scaled = units * len(self.alias)
        cell = np.minimum(scaled.astype(int), len(self.alias) - 1)
        return np.where(scaled - cell < self.threshold[cell], cell, self.alias[cell])
