"""Checks checkpoints of a Dutydesk record with nothing but Python's standard library.

It was written from what the crate documents (domain/merkle, domain/checkpoint, store/header), not from its code.

    checkpoint.py office DIR     everything in a copy of an office: entries, bodies, checkpoints
    checkpoint.py note KEY       one checkpoint on standard input
    checkpoint.py witness KEY SEEN   what a witness is asked, on standard input, held against the checkpoint in SEEN
    checkpoint.py vectors FILE   the vectors that the crate publishes

It prints what was found and ends with 0, or with 1 and what does not hold.
"""

import json
import pathlib
import sqlite3
import sys
import uuid

from pack import BASE64, WRONG, climbed, exact, key_of, must, sha, signed_lines


def leaf(entry):
    return sha(b"\0", entry)


def field(value):
    """A column of a header as it is hashed: its length before it."""
    if value is None:
        return b"\xff" * 4
    value = value.to_bytes(8, "big", signed=True) if isinstance(value, int) else value
    value = value.encode() if isinstance(value, str) else value
    return len(value).to_bytes(4, "big") + value


def root(leaves):
    """The top of the tree over these leaves (RFC 6962, 2.1)."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha()
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1", root(leaves[:middle]), root(leaves[middle:]))


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


def note(text, keys):
    """What a checkpoint says, as origin, size, root and extension lines; raises ValueError where no key signed it."""
    body, _, by = text.rpartition("\n\n")
    must(all(ord(c) >= 32 and not 127 <= ord(c) < 160 for c in text.replace("\n", "")), "not a note")
    own = [(line, key) for line in by.split("\n")[:-1] for key in keys if names_key(line, key)]
    must(own, "not signed by a known key")
    origin, size, top, *more = [signed_lines(f"{body}\n\n{line}\n", key) for line, key in own][0]
    must(origin and str(int(size)) == size and len(exact(top, *BASE64)) == 32, "not a checkpoint")
    return origin, int(size), exact(top, *BASE64), dict(line.partition(" ")[::2] for line in more)


def names_key(line, key):
    """Whether a line of a signature names this key; those of others are passed over."""
    mark, name, value = line.split(" ")
    return (name, exact(value, *BASE64)[:4]) == key[:2]


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
    keys = [key_of(line.strip()) for line in (kept / "keys").read_text().splitlines()] if kept.exists() else []
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
    if old != f"old {before}" or not consistent(before, top_before, size, top, [exact(line, *BASE64) for line in proof]):
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
        if climbed(leaf(entries[one["seq"] - 1]), one["seq"] - 1, one["size"], proof) != tops[one["size"]]:
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
            origin, size, top, _ = note(sys.stdin.read(), [key_of(key.strip())])
            return f"{origin}: {size} entries, {top.hex()}"
        case ["witness", key, seen]:
            return witness(key_of(key.strip()), pathlib.Path(seen).read_text(), sys.stdin.read())
        case ["vectors", path]:
            return vectors(path)
    sys.exit(__doc__)


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]))
    except (*WRONG, OSError, sqlite3.Error) as fault:
        print(f"DOES NOT HOLD: {fault}")
        sys.exit(1)
