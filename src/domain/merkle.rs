//! The tree over the entries of the record: one value that stands for all of them, and short proofs that an entry is
//! among them, or that an earlier value stood for their beginning. Who signs that value is left to
//! [`super::checkpoint`], where the entries come from to the store.
//!
//! # For whoever writes a verifier
//! It is the tree of RFC 6962, section 2.1, with SHA-256. Leaf *i*, from 0, is made of the 32 bytes of the `hash` of the
//! entry with `seq` *i* + 1 ([`crate::store::header`]):
//!
//! - a leaf is SHA-256( `00` ‖ hash ), a node SHA-256( `01` ‖ left ‖ right ), the tree of no entries SHA-256 of nothing;
//! - the left half of a tree holds the largest power of two of leaves that is smaller than all of them;
//! - the proofs are the audit path of 2.1.1 and the consistency proof of 2.1.2, in that order; they are checked as RFC
//!   9162 has it in 2.1.3.2 and 2.1.4.2.

use sha2::{Digest, Sha256};

use super::ids::{Hash32, Seq};

/// The tree over entries in the order of the ledger. It keeps every whole subtree, 64 bytes for an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// By the height of the subtrees: at `levels[h]`, number `i` stands over the leaves from `i << h`, `1 << h` of them.
    levels: Vec<Vec<Hash32>>,
}

impl Tree {
    /// The tree over entries, by their hashes.
    pub fn over(entries: impl IntoIterator<Item = Hash32>) -> Self {
        let mut tree = Self::default();
        entries.into_iter().for_each(|entry| tree.push(entry));
        tree
    }

    /// One entry more, by its hash.
    pub fn push(&mut self, entry: Hash32) {
        self.push_leaf(leaf(&entry.0));
    }

    fn push_leaf(&mut self, leaf: Hash32) {
        let (mut one, mut height) = (leaf, 0);
        loop {
            if self.levels.len() == height {
                self.levels.push(Vec::new());
            }
            let level = &mut self.levels[height];
            level.push(one);
            let [.., left, right] = level.as_slice() else { return };
            if level.len() % 2 == 1 {
                return;
            }
            (one, height) = (node(left, right), height + 1);
        }
    }

    /// How many entries it stands over.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// What stands for the first `size` entries; `None` where there are fewer.
    pub fn root(&self, size: u64) -> Option<Hash32> {
        (size <= self.size()).then(|| self.part(0, size))
    }

    /// Proves to whoever has the value for the first `size` entries that the entry `seq` is one of them; `None` where
    /// it is not.
    pub fn inclusion(&self, seq: Seq, size: u64) -> Option<Vec<Hash32>> {
        if seq == 0 || seq > size || size > self.size() {
            return None;
        }
        let (at, mut from, mut until) = (seq - 1, 0, size);
        let mut proof = Vec::new();
        while until - from > 1 {
            let middle = from + half(until - from);
            if at < middle {
                proof.push(self.part(middle, until));
                until = middle;
            } else {
                proof.push(self.part(from, middle));
                from = middle;
            }
        }
        proof.reverse();
        Some(proof)
    }

    /// Proves to whoever has the value for the first `old` entries that they are the beginning of the first `size`;
    /// empty where `old` is none or all of them, `None` where there are fewer.
    pub fn consistency(&self, old: u64, size: u64) -> Option<Vec<Hash32>> {
        if old > size || size > self.size() {
            return None;
        }
        let mut proof = Vec::new();
        if old == 0 || old == size {
            return Some(proof);
        }
        let (mut from, mut until) = (0, size);
        // Whether the part looked at is one that whoever asks has worked out himself.
        let mut whole = true;
        while until != old {
            let middle = from + half(until - from);
            if old <= middle {
                proof.push(self.part(middle, until));
                until = middle;
            } else {
                proof.push(self.part(from, middle));
                (from, whole) = (middle, false);
            }
        }
        if !whole {
            proof.push(self.part(from, until));
        }
        proof.reverse();
        Some(proof)
    }

    /// What stands for the leaves from `from` until `until`, where `from` is a boundary of the tree of that many.
    fn part(&self, from: u64, until: u64) -> Hash32 {
        let many = until - from;
        if many == 0 {
            return Hash32(Sha256::digest([]).into());
        }
        if many.is_power_of_two() {
            let height = many.trailing_zeros();
            return self.levels[height as usize][(from >> height) as usize];
        }
        let middle = from + half(many);
        node(&self.part(from, middle), &self.part(middle, until))
    }
}

/// Whether `proof` shows that an entry of this hash is the `seq`-th of the `size` entries for which `root` stands.
pub fn included(entry: Hash32, seq: Seq, size: u64, proof: &[Hash32], root: Hash32) -> bool {
    if seq == 0 || seq > size {
        return false;
    }
    let (mut at, mut last, mut found) = (seq - 1, size - 1, leaf(&entry.0));
    for step in proof {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            found = node(step, &found);
            while at.is_multiple_of(2) && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            found = node(&found, step);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && found == root
}

/// Whether `proof` shows that the `old` entries for which `old_root` stands are the beginning of the `size` entries for
/// which `root` stands. Anything begins with nothing.
pub fn consistent(old: u64, old_root: Hash32, size: u64, root: Hash32, proof: &[Hash32]) -> bool {
    if old > size {
        return false;
    }
    if old == size {
        return proof.is_empty() && old_root == root;
    }
    if old == 0 {
        return proof.is_empty() && old_root == Tree::default().part(0, 0);
    }
    // Where the earlier tree is a whole one, it is its own first step.
    let own = old.is_power_of_two().then_some(old_root);
    let mut steps = own.iter().chain(proof);
    let (mut at, mut last) = (old - 1, size - 1);
    while at % 2 == 1 {
        (at, last) = (at >> 1, last >> 1);
    }
    let Some(first) = steps.next() else { return false };
    let (mut earlier, mut later) = (*first, *first);
    for step in steps {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            earlier = node(step, &earlier);
            later = node(step, &later);
            while at.is_multiple_of(2) && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            later = node(&later, step);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && earlier == old_root && later == root
}

/// The largest power of two below a number of at least two.
fn half(many: u64) -> u64 {
    1 << (u64::BITS - 1 - (many - 1).leading_zeros())
}

fn leaf(data: &[u8]) -> Hash32 {
    Hash32(Sha256::new_with_prefix([0x00]).chain_update(data).finalize().into())
}

fn node(left: &Hash32, right: &Hash32) -> Hash32 {
    Hash32(Sha256::new_with_prefix([0x01]).chain_update(left.0).chain_update(right.0).finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves with which logs of certificates test themselves, and what stands for the first one, two, … of them.
    const KNOWN: [(&[u8], &str); 8] = [
        (b"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (b"\x00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (b"\x10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (b"\x20\x21", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        (b"\x30\x31", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        (b"\x40\x41\x42\x43", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        (
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        ),
        (
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ),
    ];

    fn entry(number: u64) -> Hash32 {
        Hash32(Sha256::digest(number.to_be_bytes()).into())
    }

    /// The tree as RFC 6962 writes it down, without anything kept.
    fn plain(leaves: &[Hash32]) -> Hash32 {
        match leaves {
            [] => Hash32(Sha256::digest([]).into()),
            [one] => leaf(&one.0),
            more => {
                let (left, right) = more.split_at(half(more.len() as u64) as usize);
                node(&plain(left), &plain(right))
            }
        }
    }

    #[test]
    fn known_trees_have_their_known_values() {
        let mut tree = Tree::default();
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(tree.root(0).map(|root| root.to_string()).as_deref(), Some(nothing));
        for (data, root) in KNOWN {
            tree.push_leaf(leaf(data));
            assert_eq!(tree.root(tree.size()).map(|root| root.to_string()).as_deref(), Some(root));
        }
    }

    #[test]
    fn every_entry_of_every_size_is_proved_and_nothing_else_is() {
        let entries: Vec<Hash32> = (1..=40).map(entry).collect();
        let tree = Tree::over(entries.clone());
        for size in 1..=40 {
            let root = tree.root(size).expect("there are as many");
            assert_eq!(root, plain(&entries[..size as usize]));
            for seq in 1..=size {
                let one = entries[seq as usize - 1];
                let proof = tree.inclusion(seq, size).expect("it is among them");
                assert!(included(one, seq, size, &proof, root), "{seq} of {size}");
                assert!(!included(entry(99), seq, size, &proof, root), "another in its place");
                for other in (0..=size + 1).filter(|other| *other != seq) {
                    assert!(!included(one, other, size, &proof, root), "{seq} passes for {other} of {size}");
                }
                for at in 0..proof.len() {
                    let mut changed = proof.clone();
                    changed[at].0[31] ^= 1;
                    assert!(!included(one, seq, size, &changed, root), "a changed proof");
                    changed.remove(at);
                    assert!(!included(one, seq, size, &changed, root), "a proof cut short");
                }
                let longer: Vec<Hash32> = proof.iter().copied().chain([entry(7)]).collect();
                assert!(!included(one, seq, size, &longer, root), "a proof that goes on");
            }
            assert_eq!((tree.inclusion(0, size), tree.inclusion(size + 1, size)), (None, None));
        }
        assert_eq!((tree.root(41), tree.inclusion(1, 41), tree.consistency(1, 41)), (None, None, None));
    }

    #[test]
    fn a_beginning_is_proved_and_another_beginning_is_not() {
        let entries: Vec<Hash32> = (1..=40).map(entry).collect();
        let tree = Tree::over(entries.clone());
        let mut other = entries;
        other[3] = entry(99);
        let other = Tree::over(other);
        let at = |tree: &Tree, size| tree.root(size).expect("there are as many");
        for size in 1..=40 {
            for old in 0..=size {
                let proof = tree.consistency(old, size).expect("it is a beginning");
                assert!(consistent(old, at(&tree, old), size, at(&tree, size), &proof), "{old} of {size}");
                if old >= 4 {
                    let rewritten = other.consistency(old, size).expect("as long");
                    for proof in [&proof, &rewritten] {
                        let (old_root, root) = (at(&tree, old), at(&other, size));
                        assert!(!consistent(old, old_root, size, root, proof), "{old} of {size} rewritten");
                    }
                }
                for changed in 0..proof.len() {
                    let mut proof = proof.clone();
                    proof[changed].0[0] ^= 1;
                    assert!(!consistent(old, at(&tree, old), size, at(&tree, size), &proof));
                    proof.remove(changed);
                    assert!(!consistent(old, at(&tree, old), size, at(&tree, size), &proof));
                }
                let longer: Vec<Hash32> = proof.into_iter().chain([entry(7)]).collect();
                assert!(!consistent(old, at(&tree, old), size, at(&tree, size), &longer));
            }
            assert!(
                !consistent(size + 1, at(&tree, size), size, at(&tree, size), &[]),
                "it has become smaller"
            );
        }
    }
}
