"""Checks evidence packs of a Dutydesk office with nothing but Python's standard library.

It was written from what the crate documents (report/pack/proof, domain/checkpoint, domain/merkle, store/header).

    pack.py [--key KEY] PACK…     packs in JSON, and the public key that should have signed them

For each it prints a line: "holds", or the places where it does not in the order of their names, and then ends with 1.
"""

import base64, collections, contextlib, datetime, hashlib, json, pathlib, sys, uuid

# The columns of a header in the order in which they are hashed, and which of them are hashes or ids.
COLUMNS = """format seq id key kind edition case_id subject_id on_commitment occurred_at precision reported_at
    recorded_at offset_minutes clock_regressed by_staff typed_by method program body_commit""".split()
HASHES, IDS = {"edition", "body_commit"}, {"id", "case_id", "subject_id", "by_staff", "typed_by"}
WRONG = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)

def must(holds, otherwise="not as it should be"):
    if not holds:
        raise ValueError(otherwise)

# Ed25519 (RFC 8032, 6): the field, the order of the base point, the constant of the curve.
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

def point(data):
    y, odd = int.from_bytes(data, "little") % 2**255, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    must(len(data) == 32 and y < P and x * x % P == square and (x or not odd))
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P

def add(a, b):
    one, two = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    three, four = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = two - one, four - three, four + three, two + one
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(number, a):
    most = times(number >> 1, add(a, a)) if number else (0, 1, 1, 0)
    return add(most, a) if number & 1 else most

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def exact(text, decode=bytes.fromhex, encode=bytes.hex):
    """Bytes from a text in which they are written in the one way they are."""
    must(encode(decode(text)) == text)
    return decode(text)

def base64_of(text):
    return exact(text, base64.b64decode, lambda data: base64.b64encode(data).decode())

def key_of(text):
    """The name of a public key, the beginning of its hash, and the key."""
    name, number, key = text.split("+", 2)
    key = base64_of(key)
    must(len(key) == 33 and key[0] == 1 and sha(name.encode(), b"\n", key)[:4].hex() == number and point(key[1:]))
    return name, exact(number), key[1:]

def signed_lines(text, key):
    """The lines of a note that this key, and no other, has signed."""
    body, _, by = text.rpartition("\n\n")
    mark, name, value = by.removesuffix("\n").split(" ")
    value = base64_of(value)
    must(by.endswith("\n") and len(value) == 68 and (mark, name, value[:4]) == ("—", *key[:2]))
    r, s, base = value[4:36], int.from_bytes(value[36:], "little"), (4 * pow(5, -1, P) % P).to_bytes(32, "little")
    h = int.from_bytes(hashlib.sha512(r + key[2] + f"{body}\n".encode()).digest(), "little") % ORDER
    (a, b, c, _), (x, y, z, _) = times(s, point(base)), add(point(r), times(h, point(key[2])))
    must(s < ORDER and (a * z - x * c) % P == 0 == (b * z - y * c) % P, "the signature is false")
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

def check_in(tree, own, entry, steps):
    if tree:  # Without a checkpoint that counts nothing can be said of it.
        must(climbed(sha(b"\0", own), entry - 1, tree[0], [exact(step) for step in steps]) == tree[1])

def field(value, name=""):
    """A column of a header as it is hashed: its length before it."""
    if value is None:
        return b"\xff" * 4
    value = exact(value) if name in HASHES else uuid.UUID(value).bytes if name in IDS else value
    value = value.to_bytes(8, "big", signed=True) if isinstance(value, int) else value
    value = value.encode() if isinstance(value, str) else value
    return len(value).to_bytes(4, "big") + value

def plain(value):
    """The hash of a value, written without blanks and with its names in order."""
    return sha(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hex()

def number(value):
    entry = value.get("entry") if isinstance(value, dict) else None
    return entry if type(entry) is int and entry >= 0 else 0

def without(value, *names):
    return {name: one for name, one in value.items() if name not in names}

def is_shaped(value, **types):
    return {name: type(one) for name, one in value.items()} == types and value.get("entry", 0) >= 0

def read(data):
    """The pack in these bytes, written in the one way it is. A number that it cannot have becomes a text."""
    whole = lambda text: int(text) if -(2**63) <= int(text) < 2**64 else text
    pack = json.loads(data, parse_int=whole, parse_float=str, parse_constant=str)
    must(f"{json.dumps(pack, sort_keys=True, ensure_ascii=False, indent=2)}\n".encode() == data)
    lists = [pack["cases"], *(case["entries"] for case in pack["cases"]), *pack["tables"].values()]
    must(all(type(rows) is list and all(type(row) is dict for row in rows) for rows in lists))
    return pack

def differences(pack, proof, shown):
    """The places at which the pack is not what its list says."""
    sealed, cover = proof["list"], without(pack, "proof", "tables")
    cover["cases"] = [without(case, "entries") for case in pack["cases"]]
    must(is_shaped(sealed, cover=str, entries=list, shown=list, tables=dict))
    must(is_shaped(sealed["tables"], **dict.fromkeys(sealed["tables"], str)))
    must(all(is_shaped(one, entry=int, sha256=str) for one in sealed["entries"]))
    must(all(is_shaped(one, case=str, entry=int, sha256=str) for one in sealed["shown"]))
    found = {name: plain(rows) for name, rows in pack["tables"].items()}
    tables = {f"table {name}" for name, _ in sealed["tables"].items() ^ found.items()}
    proved = [("", one) for one in proof["entries"]]
    wrong = misplaced(sealed["entries"], proved) | misplaced(sealed["shown"], shown)
    entries = {f"entry {entry}" for _, entry in wrong}
    return tables | entries | ({"the cover"} if sealed["cover"] != plain(cover) else set())

def misplaced(sealed, found):
    """Which are left out, put in, changed, or not in their place; of one that stands twice the first counts."""
    sealed = [((one.get("case", ""), one["entry"]), one["sha256"]) for one in sealed]
    found = [((case, number(one)), plain(one)) for case, one in found]
    in_list, in_pack = dict(reversed(sealed)), dict(reversed(found))
    many = collections.Counter(key for key, _ in found)
    wrong = {key for key in in_list | in_pack if many[key] > 1 or in_list.get(key) != in_pack.get(key)}
    pairs = zip((key for key, _ in sealed if key in in_pack), (key for key in many if key in in_list))
    return wrong.union(next((pair for pair in pairs if pair[0] != pair[1]), ()))

def check_entry(one, tree):
    """Its header and hash, once everything in it follows from everything else."""
    header = one["header"]
    must(header.keys() == {*COLUMNS, "prev"} and header["seq"] == one["entry"])
    own = sha(b"\0", *(field(header[name], name) for name in COLUMNS), exact(header["prev"]))
    must(own.hex() == one["hash"])
    must(one.keys() & {"salt", "body", "without"} in ({"salt", "body"}, {"without"}))
    must("without" in one or sha(b"\1", exact(one["salt"]), one["body"].encode()).hex() == header["body_commit"])
    check_in(tree, own, one["entry"], one["inclusion"])
    return header | {"hash": one["hash"]}

def check(data, expected=None):
    """The places of a pack at which something does not hold."""
    place, faults, key, tree, proved = "the file", set(), None, None, {}

    @contextlib.contextmanager
    def at(place):
        try:
            yield
        except WRONG:
            faults.add(place)

    try:
        pack, place = read(data), "the proof"
        name = lambda case: case["case"] if isinstance(case.get("case"), str) else ""
        shown = [(name(case), one) for case in pack["cases"] for one in case["entries"]]
        proof, steps = pack["proof"], pack["proof"].get("head")
        must(is_shaped(without(proof, "head"), entries=list, key=str, list=type(proof["list"]), note=str, seal=str))
        must(steps is None or type(steps) is list and {*map(type, steps)} <= {str})
    except WRONG:
        return {place}
    with at("the key"):
        key = key_of(proof["key"])
        must(expected in (None, proof["key"]))
    if key:
        with at("the checkpoint"):
            origin, size, root, *_ = signed_lines(proof["note"], key)
            must(origin == key[0])
            tree = int(size), base64_of(root)
        with at("the seal"):
            of, office, of_list, of_tree, *_ = signed_lines(proof["seal"], key)
            must((of, office) == ("dutydesk/pack", key[0]))
            must(not tree or of_tree == f"checkpoint {tree[0]} {tree[1].hex()}")
            faults |= {"the list"} if of_list != f"list {plain(proof['list'])}" else set()
    with at("the list"):
        faults |= differences(pack, proof, shown)
    with at("the head"):
        head = pack["head"]
        must(type(head["entries"]) is int and (steps is not None or head["entries"] == 0))
        steps is None or check_in(tree, exact(head["hash"]), head["entries"], steps)
    for one in proof["entries"]:
        proved.setdefault(number(one))
        with at(f"entry {number(one)}"):
            proved[number(one)] = check_entry(one, tree)
    for _, one in shown:
        with at(f"entry {number(one)}"):
            must(number(one) in proved)
            if header := proved[number(one)]:
                recorded = datetime.datetime.fromtimestamp(header["recorded_at"] // 1000, datetime.timezone.utc)
                must((one["id"], one["hash"]) == (header["id"], header["hash"]))
                must(one["kind"] in (header["kind"], "stub"))
                must(one["recorded"]["at"] == recorded.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return faults

if __name__ == "__main__":
    expected, paths = (sys.argv[2].strip(), sys.argv[3:]) if sys.argv[1:2] == ["--key"] else (None, sys.argv[1:])
    found = [check(pathlib.Path(path).read_bytes(), expected) for path in paths or sys.exit(__doc__)]
    print(*("; ".join(sorted(places)) or "holds" for places in found), sep="\n")
    sys.exit(1 if any(found) else 0)
