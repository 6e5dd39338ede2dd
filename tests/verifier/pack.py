"""Checks evidence packs of a Dutydesk office with nothing but Python's standard library, as the crate documents them
(report/pack/proof, domain/checkpoint, domain/merkle, store/header). For each pack it prints a line: "holds", or the
places where it does not in the order of their names, and then ends with 1."""

import argparse, base64, collections, contextlib, hashlib, json, pathlib, sys, time, uuid

# The columns of a header in the order in which they are hashed, and which of them are no text.
COLUMNS = """format seq id key kind edition case_id subject_id on_commitment occurred_at precision reported_at
    recorded_at offset_minutes clock_regressed by_staff typed_by method program body_commit""".split()
NUMBERS = {"format", "seq", "occurred_at", "reported_at", "recorded_at", "offset_minutes", "clock_regressed"}
IDS, HASHES = {"id", "case_id", "subject_id", "by_staff", "typed_by"}, {"edition", "body_commit"}
WRONG = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
BASE64 = base64.b64decode, lambda data: base64.b64encode(data).decode()
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Field and order of Ed25519 (RFC 8032).
D, BASE = -121665 * pow(121666, -1, P) % P, (4 * pow(5, -1, P) % P).to_bytes(32, "little")  # Its curve and base point.

def must(holds, otherwise="not as it should be"):
    if not holds:
        raise ValueError(otherwise)

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def exact(text, decode=bytes.fromhex, encode=bytes.hex):
    """What a text says that is written in the one way in which it may be."""
    must(encode(decode(text)) == text)
    return decode(text)

def point(data):
    y, odd = int.from_bytes(data, "little") % 2**255, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    must(len(data) == 32 and y < P and x * x % P == square and (x or not odd))
    return x if x & 1 == odd else P - x, y

def add(a, b):
    (x, y), (z, w) = a, b
    both = D * x * y * z * w
    return (x * w + y * z) * pow(1 + both, -1, P) % P, (y * w + x * z) * pow(1 - both, -1, P) % P

def times(number, a):
    most = times(number >> 1, add(a, a)) if number else (0, 1)
    return add(most, a) if number & 1 else most

def key_of(text):
    """The name of a public key, the beginning of its hash, and the key."""
    name, number, key = text.split("+", 2)
    number, key = exact(number), exact(key, *BASE64)
    must(len(key) == 33 and key[0] == 1 and sha(name.encode(), b"\n", key)[:4] == number and point(key[1:]))
    return name, number, key[1:]

def signed_lines(text, key):
    """The lines of a note that this key, and no other, has signed."""
    body, _, by = text.rpartition("\n\n")
    mark, name, value = by.removesuffix("\n").split(" ")
    value = exact(value, *BASE64)
    must(by.endswith("\n") and len(value) == 68 and (mark, name, value[:4]) == ("—", *key[:2]))
    r, s = value[4:36], int.from_bytes(value[36:], "little")
    h = int.from_bytes(hashlib.sha512(r + key[2] + f"{body}\n".encode()).digest(), "little") % ORDER
    holds = s < ORDER and times(s, point(BASE)) == add(point(r), times(h, point(key[2])))
    must(holds, "the signature is false")
    return body.split("\n")

def climbed(leaf, at, size, proof):
    """The top of a tree of so many leaves to which a proof leads from this one (RFC 6962, 2.1.1)."""
    must(0 <= at < size and (size > 1 or not proof))
    if size == 1:
        return leaf
    half, *rest, step = 1 << (size - 1).bit_length() - 1, *proof
    if at < half:
        return sha(b"\1", climbed(leaf, at, half, rest), step)
    return sha(b"\1", step, climbed(leaf, at - half, size - half, rest))

def field(name, value):
    """A column of a header as it is hashed: its length before it."""
    if value is None:
        return b"\xff" * 4
    must(type(value) is (int if name in NUMBERS else str))
    if name in NUMBERS:
        data = value.to_bytes(8, "big", signed=True)
    elif name in IDS:
        data = exact(value, lambda text: uuid.UUID(text).bytes, lambda data: str(uuid.UUID(bytes=data)))
    else:
        data = exact(value) if name in HASHES else value.encode()
    return len(data).to_bytes(4, "big") + data

def plain(value):
    """The hash of a value, written without blanks and with its names in order."""
    return sha(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hex()

def number(value):
    entry = value.get("entry") if type(value) is dict else None
    return entry if type(entry) is int and entry >= 0 else 0

def read(data):
    """The pack in these bytes, written in the one way it is."""
    whole = lambda text: must(-(2**63) <= int(text) < 2**64) or int(text)
    pack = json.loads(data, parse_int=whole, parse_float=whole, parse_constant=whole)
    must(f"{json.dumps(pack, sort_keys=True, ensure_ascii=False, indent=2)}\n".encode() == data)
    lists = [pack["cases"], *(case["entries"] for case in pack["cases"]), *pack["tables"].values()]
    must(all(type(rows) is list and all(type(row) is dict for row in rows) for rows in lists))
    return pack

def differences(sealed, pack, proved, shown):
    """The places at which a pack is not what its list says; of an entry that stands twice the first counts."""
    cover = {name: one for name, one in pack.items() if name not in ("proof", "tables")}
    cover["cases"] = [{name: one for name, one in case.items() if name != "entries"} for case in pack["cases"]]
    tables = {name: plain(rows) for name, rows in pack["tables"].items()}
    places = {f"table {name}" for name, _ in sealed["tables"].items() ^ tables.items()}
    places |= {"the cover"} if sealed["cover"] != plain(cover) else set()
    for listed, found in (sealed["entries"], proved), (sealed["shown"], shown):
        listed = [((row.get("case"), row["entry"]), row["sha256"]) for row in listed]
        found = [((case, number(one)), plain(one)) for case, one in found]
        in_list, in_pack = dict(reversed(listed)), dict(reversed(found))
        many = collections.Counter(key for key, _ in found)
        wrong = {key for key in in_list | in_pack if many[key] > 1 or in_list.get(key) != in_pack.get(key)}
        pairs = zip((key for key, _ in listed if key in in_pack), (key for key in many if key in in_list))
        wrong.update(next((pair for pair in pairs if pair[0] != pair[1]), ()))
        places |= {f"entry {entry}" for _, entry in wrong}
    return places

def check_entry(one, included):
    """What may be shown of an entry beside its words, once everything in it follows from everything else."""
    header = one["header"]
    must(header.keys() == {*COLUMNS, "prev"} and header["seq"] == one["entry"])
    own = sha(b"\0", *(field(name, header[name]) for name in COLUMNS), exact(header["prev"]))
    must(own.hex() == one["hash"] and one.keys() & {"salt", "body", "without"} in ({"salt", "body"}, {"without"}))
    must("without" in one or sha(b"\1", exact(one["salt"]), one["body"].encode()).hex() == header["body_commit"])
    included(own, one["entry"], one["inclusion"])
    recorded = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(header["recorded_at"] // 1000))
    return [(header["id"], own.hex(), recorded, kind) for kind in (header["kind"], "stub")]

def check(data, expected=None):
    """The places of a pack at which something does not hold."""
    place, faults, key, tree, proved = "the file", set(), None, None, {}
    @contextlib.contextmanager
    def at(place):
        try:
            yield
        except WRONG:
            faults.add(place)

    def included(own, entry, steps):  # Without a checkpoint that counts nothing can be said of it.
        must(type(steps) is list)
        must(not tree or climbed(sha(b"\0", own), entry - 1, tree[0], list(map(exact, steps))) == tree[1])
    try:
        pack, place = read(data), "the proof"
        proof = {"head": None, **pack["proof"]}
        must(proof.keys() == {"entries", "head", "key", "list", "note", "seal"} and type(proof["entries"]) is list)
    except WRONG:
        return {place}
    shown = [(case.get("case"), one) for case in pack["cases"] for one in case["entries"]]
    with at("the key"):
        key = key_of(proof["key"])
        must(expected in (None, proof["key"]))
    if key:
        with at("the checkpoint"):
            origin, size, root, *_ = signed_lines(proof["note"], key)
            must(origin == key[0])
            tree = exact(size, int, str), exact(root, *BASE64)
        with at("the seal"):
            of, office, of_list, of_tree, *_ = signed_lines(proof["seal"], key)
            checkpoint = f"checkpoint {tree[0]} {tree[1].hex()}" if tree else of_tree
            must((of, office, of_tree) == ("dutydesk/pack", key[0], checkpoint))
            faults |= {"the list"} if of_list != f"list {plain(proof['list'])}" else set()
    with at("the list"):
        faults |= differences(proof["list"], pack, [(None, one) for one in proof["entries"]], shown)
    with at("the head"):
        last, steps = pack["head"]["entries"], proof["head"]
        must(type(last) is int and (steps is not None or last == 0))
        steps is None or included(exact(pack["head"]["hash"]), last, steps)
    for one in proof["entries"]:
        with at(f"entry {number(one)}"):
            proved[number(one)] = check_entry(one, included)
    for _, one in shown:
        with at(f"entry {number(one)}"):
            must((one["id"], one["hash"], one["recorded"]["at"], one["kind"]) in proved[number(one)])
    return faults

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--key", type=str.strip, help="the public key that should have signed them")
    parser.add_argument("packs", metavar="PACK", nargs="+", help="a pack in JSON")
    asked = parser.parse_args()
    try:
        found = [check(pathlib.Path(path).read_bytes(), asked.key) for path in asked.packs]
    except OSError as error:
        parser.error(str(error))
    print(*("; ".join(sorted(places)) or "holds" for places in found), sep="\n")
    sys.exit(1 if any(found) else 0)
