"""Checks checkpoints of a Dutydesk record with nothing but Python's standard library.

It was written from what the crate documents (domain/merkle, domain/checkpoint, store/header), not from its code.

    checkpoint.py office DIR     everything in a copy of an office: entries, bodies, checkpoints
    checkpoint.py note KEY       one checkpoint on standard input
    checkpoint.py witness KEY SEEN   what a witness is asked, on standard input, held against the checkpoint in SEEN
    checkpoint.py vectors FILE   the vectors that the crate publishes

It prints what was found and ends with 0, or with 1 and what does not hold.
"""

import base64
import hashlib
import json
import pathlib
import sqlite3
import sys
import uuid

# Ed25519 (RFC 8032, section 6), only as much as checking a signature takes.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def x_of(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point(data):
    y = int.from_bytes(data, "little")
    x = x_of(y & (1 << 255) - 1, y >> 255)
    y &= (1 << 255) - 1
    return None if x is None else (x, y, 1, x * y % P)


def add(a, b):
    one, two = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    three, four = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = two - one, four - three, four + three, two + one
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, a):
    sum_ = (0, 1, 1, 0)
    while number:
        if number & 1:
            sum_ = add(sum_, a)
        a, number = add(a, a), number >> 1
    return sum_


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(key, text, signature):
    a, r = point(key), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 == (left[1] * right[2] - right[1] * left[2]) % P


# The tree of RFC 6962.
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


# Notes.
def exact(text):
    """Bytes from base64, written in the one way it is written."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("not base64")
    return data


def key_of(text):
    name, number, key = text.strip().split("+", 2)
    key = exact(key)
    if key[:1] != b"\1" or sha(name.encode(), b"\n\1", key[1:])[:4].hex() != number:
        raise ValueError("not a public key")
    return name, key[1:]


def lines(text, keys):
    """The lines of a note that are signed, one of the keys having signed it; raises ValueError otherwise."""
    if not text.endswith("\n") or any(ord(c) < 32 and c != "\n" or 127 <= ord(c) < 160 for c in text):
        raise ValueError("not a note")
    body, _, signatures = text.rpartition("\n\n")
    body, by = body + "\n", 0
    for line in signatures.split("\n")[:-1]:
        mark, name, value = line.split(" ")
        value = exact(value)
        for known, key in keys:
            if known == name and value[:4] == sha(name.encode(), b"\n\1", key)[:4]:
                if mark != "—" or not signed(key, body.encode(), value[4:]):
                    raise ValueError("the signature is false")
                by += 1
    if not by:
        raise ValueError("not signed by a known key")
    return body.split("\n")[:-1]


def note(text, keys):
    """What a checkpoint says, as origin, size, root and extension lines; raises ValueError where no key signed it."""
    origin, size, top, *more = lines(text, keys)
    if not origin or str(int(size)) != size or len(exact(top)) != 32:
        raise ValueError("not a checkpoint")
    return origin, int(size), exact(top), dict(line.partition(" ")[::2] for line in more)


# The record itself.
def field(value):
    if value is None:
        return b"\xff" * 4
    if isinstance(value, int):
        value = value.to_bytes(8, "big", signed=True)
    if isinstance(value, str):
        value = value.encode()
    return len(value).to_bytes(4, "big") + value


def agreed(record, bodies):
    """What each act of disposal names, where the first word on it is a second person's who agrees. A word without a body refused."""
    waits, lawful = {}, {}
    acts = "SELECT seq, id, kind, by_staff, typed_by, case_id FROM entries WHERE kind IN ('act.dispose', 'act.countersign') ORDER BY seq"
    for seq, own, kind, by, typed, case in record.execute(acts):
        body = json.loads(bodies[seq][1]) if seq in bodies else {}
        act = body.get("act", {})
        if kind == "act.dispose" and body.get("waits") == "all":
            waits[str(uuid.UUID(bytes=own))] = seq, by, typed, set(act["seqs"]), case
        elif kind == "act.countersign" and seq not in bodies:
            waits = {of: waiting for of, waiting in waits.items() if waiting[-1] != case}
        elif kind == "act.countersign" and act.get("entry") in waits:
            of, proposed, wrote, seqs, _ = waits.pop(act["entry"])
            if act["agrees"] == "yes" and by not in (None, proposed, wrote):
                lawful[of] = seqs
    return lawful


def office(folder):
    folder = pathlib.Path(folder)
    record = sqlite3.connect(f"file:{folder / 'ledger.db'}?mode=ro", uri=True)
    bodies = {seq: (salt, body) for seq, salt, body in record.execute("SELECT seq, salt, body FROM bodies")}
    gone, lawful = dict(record.execute("SELECT seq, act FROM disposals")), agreed(record, bodies)
    prev, leaves, chain, first, kinds = bytes(32), [], [], None, {}
    for row in record.execute("SELECT * FROM entries ORDER BY seq"):
        seq, kind, commit, before, own = row[1], row[4], row[19], row[20], row[21]
        first, kinds[seq] = first or uuid.UUID(bytes=row[2]), kind
        if seq != len(leaves) + 1 or before != prev or sha(b"\0", *map(field, row[:20]), prev) != own:
            raise ValueError(f"entry {len(leaves) + 1}: not as it was written")
        if seq in bodies and sha(b"\1", *bodies[seq]) != commit:
            raise ValueError(f"entry {seq}: its body is not as it was written")
        if seq not in bodies and (gone.get(seq, 0) <= seq or seq not in lawful.get(gone[seq], ())):
            raise ValueError(f"entry {seq}: its body is missing")
        prev = own
        leaves.append(leaf(own))
        chain.append(own)
    if any(kinds.get(act) != "act.dispose" for act in gone.values()):
        raise ValueError("a body is disposed of by no act")
    if any(seq in bodies for seqs in lawful.values() for seq in seqs):
        raise ValueError("a disposal was not carried out")
    kept = folder / "checkpoints"
    keys = [key_of(line) for line in (kept / "keys").read_text().splitlines()] if kept.exists() else []
    notes = sorted(kept.glob("*.note"))
    for path in notes:
        origin, size, top, more = note(path.read_text(), keys)
        if origin != f"dutydesk/office/{first}" or int(path.stem) != size:
            raise ValueError(f"{path.name}: of another office or size")
        if size > len(leaves):
            raise ValueError(f"cut off: {size} entries were signed, there are {len(leaves)}")
        if root(leaves[:size]) != top or more.get("chain", chain[size - 1].hex()) != chain[size - 1].hex():
            raise ValueError(f"the first {size} entries are not those that were signed")
    return f"{len(leaves)} entries, head {prev.hex()}, {len(notes)} checkpoints"


def witness(key, seen, asked):
    head, _, new = asked.partition("\n\n")
    old, *proof = head.splitlines()
    _, size, top, _ = note(new, [key])
    _, before, top_before, _ = note(seen, [key])
    if old != f"old {before}" or not consistent(before, top_before, size, top, [exact(line) for line in proof]):
        raise ValueError(f"the {before} entries that were seen are not the beginning of these {size}")
    return f"{before} entries are the beginning of {size}"


def vectors(path):
    all_ = json.loads(pathlib.Path(path).read_text())
    entries = [bytes.fromhex(one) for one in all_["entries"]]
    for one in all_["roots"]:
        if root([leaf(entry) for entry in entries[: one["size"]]]).hex() != one["root"]:
            raise ValueError(f"root of {one['size']}")
    tops = {one["size"]: bytes.fromhex(one["root"]) for one in all_["roots"]}
    for one in all_["inclusion"]:
        proof = [bytes.fromhex(step) for step in one["proof"]]
        if not included(entries[one["seq"] - 1], one["seq"], one["size"], proof, tops[one["size"]]):
            raise ValueError(f"entry {one['seq']} of {one['size']}")
    for one in all_["consistency"]:
        proof = [bytes.fromhex(step) for step in one["proof"]]
        if not consistent(one["old"], tops[one["old"]], one["size"], tops[one["size"]], proof):
            raise ValueError(f"{one['old']} of {one['size']}")
    _, size, top, _ = note(all_["note"], [key_of(all_["key"])])
    if tops[size] != top:
        raise ValueError("the note speaks of another tree")
    return f"{len(tops)} trees, {len(all_['inclusion'])} entries, {len(all_['consistency'])} beginnings, 1 note"


def main(arguments):
    match arguments:
        case ["office", folder]:
            return office(folder)
        case ["note", key]:
            origin, size, top, _ = note(sys.stdin.read(), [key_of(key)])
            return f"{origin}: {size} entries, {top.hex()}"
        case ["witness", key, seen]:
            return witness(key_of(key), pathlib.Path(seen).read_text(), sys.stdin.read())
        case ["vectors", path]:
            return vectors(path)
    sys.exit(__doc__)


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]))
    except (ValueError, OSError, sqlite3.Error) as fault:
        print(f"DOES NOT HOLD: {fault}")
        sys.exit(1)
