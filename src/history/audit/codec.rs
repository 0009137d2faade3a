//! Bytes of the cache: numbers, texts and lists in a row. What does not read to the end is no cache.

use git2::Oid;

/// Writes.
#[derive(Default)]
pub(super) struct Pen {
    pub bytes: Vec<u8>,
}

impl Pen {
    pub fn number(&mut self, number: usize) {
        let mut rest = number as u64;
        while rest >= 0x80 {
            self.bytes.push((rest as u8) | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest as u8);
    }

    pub fn text(&mut self, text: &str) {
        self.number(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub fn oid(&mut self, id: Oid) {
        self.bytes.extend_from_slice(id.as_bytes());
    }

    pub fn flag(&mut self, flag: bool) {
        self.bytes.push(u8::from(flag));
    }

    pub fn list<T>(&mut self, items: impl ExactSizeIterator<Item = T>, mut write: impl FnMut(&mut Pen, T)) {
        self.number(items.len());
        items.for_each(|item| write(self, item));
    }

    pub fn maybe<T>(&mut self, item: Option<T>, write: impl FnOnce(&mut Pen, T)) {
        self.flag(item.is_some());
        if let Some(item) = item {
            write(self, item);
        }
    }
}

/// Reads what a [`Pen`] wrote; `None` wherever it does not.
pub(super) struct Eye<'a> {
    pub bytes: &'a [u8],
}

impl<'a> Eye<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    pub fn number(&mut self) -> Option<usize> {
        let mut number = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = *self.take(1)?.first()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return usize::try_from(number).ok();
            }
        }
        None
    }

    pub fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    pub fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        str::from_utf8(self.take(length)?).ok()
    }

    pub fn oid(&mut self) -> Option<Oid> {
        Oid::from_bytes(self.take(20)?).ok()
    }

    pub fn flag(&mut self) -> Option<bool> {
        Some(*self.take(1)?.first()? != 0)
    }

    pub fn list<T, C: FromIterator<T>>(&mut self, mut read: impl FnMut(&mut Eye<'a>) -> Option<T>) -> Option<C> {
        let count = self.number()?;
        // Every item takes a byte at least, so a wrong count ends here and not in memory.
        (count <= self.bytes.len()).then(|| (0..count).map(|_| read(self)).collect::<Option<C>>()).flatten()
    }

    /// A list that is kept: it takes the room it needs and no more.
    pub fn exactly<T>(&mut self, mut read: impl FnMut(&mut Eye<'a>) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number().filter(|count| *count <= self.bytes.len())?;
        let mut items = Vec::with_capacity(count);
        for _ in 0..count {
            items.push(read(self)?);
        }
        Some(items)
    }

    pub fn maybe<T>(&mut self, read: impl FnOnce(&mut Eye<'a>) -> Option<T>) -> Option<Option<T>> {
        match self.flag()? {
            true => read(self).map(Some),
            false => Some(None),
        }
    }
}
