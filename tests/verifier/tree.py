"""Hashes of entries, and the tree over them (RFC 6962; domain/merkle, store/header)."""

import hashlib


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def leaf(entry):
    return sha(b"\0", entry)


def half(many):
    return 1 << (many - 1).bit_length() - 1


def root(leaves):
    if not leaves:
        return sha()
    if len(leaves) == 1:
        return leaves[0]
    middle = half(len(leaves))
    return sha(b"\1", root(leaves[:middle]), root(leaves[middle:]))


def included(entry, seq, size, proof, expected):
    """RFC 9162, 2.1.3.2."""
    if not 1 <= seq <= size:
        return False
    at, last, found = seq - 1, size - 1, leaf(entry)
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = sha(b"\1", step, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = sha(b"\1", found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == expected


def consistent(old, old_root, size, new_root, proof):
    """RFC 9162, 2.1.4.2."""
    if old == size:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == sha()
    if old > size:
        return False
    steps = ([old_root] if old & (old - 1) == 0 else []) + proof
    if not steps:
        return False
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    earlier = later = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            earlier, later = sha(b"\1", step, earlier), sha(b"\1", step, later)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            later = sha(b"\1", later, step)
        at, last = at >> 1, last >> 1
    return last == 0 and earlier == old_root and later == new_root


def field(value):
    """A column of a header as it is hashed: its length before it."""
    if value is None:
        return b"\xff" * 4
    if isinstance(value, int):
        value = value.to_bytes(8, "big", signed=True)
    if isinstance(value, str):
        value = value.encode()
    return len(value).to_bytes(4, "big") + value
