"""Draws the question or the person of an inspector's rehearsal again, from what is kept with it and nothing else.

Argument: the seed. The ids of the questions, or of the people's records, stand on the standard input, a line each. Prints the
one that is drawn: of the SHA-256 of SEED:ID of each, the lowest.
"""

import hashlib
import sys

seed = sys.argv[1]
ids = [line.strip() for line in sys.stdin if line.strip()]
print(min(ids, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest()))
