"""Signed notes (C2SP, domain/checkpoint), and as much of Ed25519 (RFC 8032, section 6) as checking a signature takes."""

import base64
import hashlib

from tree import sha

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
