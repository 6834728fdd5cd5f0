//! Ids of what has no row of its own. The standard wants a UUID for everything; these are made of
//! the ids they belong to, so that they are the same at every reading.

use uuid::Uuid;

/// The id of a part of something: the same parts always give the same id.
pub(super) fn part(whole: Uuid, part: u128) -> Uuid {
    // FNV-1a over both: no secret is kept by it, it only has to differ where the parts do.
    let bytes = whole.as_u128().to_be_bytes().into_iter();
    let hash = bytes.chain(part.to_be_bytes()).fold(
        0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128,
        |hash, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
        },
    );
    let mut bytes = hash.to_be_bytes();
    // Version 8: made by a rule of our own.
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}

/// The id of a word of a list.
pub(super) fn word(list: Uuid, word: &str) -> Uuid {
    word.bytes()
        .fold(list, |id, byte| part(id, u128::from(byte)))
}
