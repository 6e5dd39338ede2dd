//! A picture that a browser took of a page, by its pixels: as much of PNG as browsers write.

/// A picture.
pub struct Picture {
    /// How many pixels wide.
    pub width: usize,
    /// How many high.
    pub height: usize,
    /// How bright each pixel is, from 0 to 255, row by row.
    shades: Vec<u8>,
}

impl Picture {
    /// Reads a file of eight bits for each of red, green, blue and perhaps how opaque it is.
    pub fn read(file: &[u8]) -> Self {
        assert_eq!(file.get(..8), Some(b"\x89PNG\r\n\x1a\n".as_slice()), "a PNG");
        let number = |at: usize| {
            let bytes = file.get(at..at + 4).expect("the file goes on");
            bytes.iter().fold(0_usize, |sum, byte| sum * 256 + usize::from(*byte))
        };
        let (width, height) = (number(16), number(20));
        let each = match (file[24], file[25]) {
            (8, 2) => 3,
            (8, 6) => 4,
            other => panic!("{other:?} is not how browsers write"),
        };
        let mut packed = Vec::new();
        let mut at = 8;
        while at < file.len() {
            let long = number(at);
            if &file[at + 4..at + 8] == b"IDAT" {
                packed.extend_from_slice(&file[at + 8..at + 8 + long]);
            }
            at += 12 + long;
        }
        let lines = miniz_oxide::inflate::decompress_to_vec_zlib(&packed).expect("it unpacks");
        let wide = width * each;
        let mut rows: Vec<Vec<u8>> = Vec::with_capacity(height);
        for line in lines.chunks_exact(wide + 1) {
            let none = vec![0; wide];
            let above = rows.last().unwrap_or(&none).clone();
            rows.push(unfiltered(line[0], &line[1..], &above, each));
        }
        assert_eq!(rows.len(), height, "every row is there");
        let shade = |pixel: &[u8]| {
            let sum: usize = pixel.iter().take(3).map(|part| usize::from(*part)).sum();
            u8::try_from(sum / 3).expect("a mean of bytes is one")
        };
        Self {
            width,
            height,
            shades: rows.iter().flat_map(|row| row.chunks_exact(each).map(shade)).collect(),
        }
    }

    /// Of a thousand pixels between these columns, how many have ink on them.
    pub fn inked(&self, from: usize, to: usize) -> usize {
        let rows = self.shades.chunks_exact(self.width);
        let dark = rows.flat_map(|row| &row[from..to]).filter(|shade| **shade < 128).count();
        dark * 1000 / ((to - from) * self.height)
    }

    /// Whether nothing at all stands between these columns.
    pub fn is_blank(&self, from: usize, to: usize) -> bool {
        self.shades.chunks_exact(self.width).all(|row| row[from..to].iter().all(|shade| *shade > 250))
    }
}

/// A row as it was before it was made shorter: each byte holds how far it is from what its neighbours let expect.
fn unfiltered(filter: u8, line: &[u8], above: &[u8], each: usize) -> Vec<u8> {
    let mut row: Vec<u8> = Vec::with_capacity(line.len());
    for (at, byte) in line.iter().enumerate() {
        let left = at.checked_sub(each).map_or(0, |at| row[at]);
        let corner = at.checked_sub(each).map_or(0, |at| above[at]);
        let up = above[at];
        let expected = match filter {
            0 => 0,
            1 => left,
            2 => up,
            3 => u8::try_from((u16::from(left) + u16::from(up)) / 2).expect("a mean of bytes is one"),
            4 => nearest(left, up, corner),
            other => panic!("{other} is no filter"),
        };
        row.push(byte.wrapping_add(expected));
    }
    row
}

/// Which of the three is nearest to left and up without the corner.
fn nearest(left: u8, up: u8, corner: u8) -> u8 {
    let towards = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |of: u8| (towards - i16::from(of)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}
